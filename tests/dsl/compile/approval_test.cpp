// What an approval document becomes in the model.
#include <doctest/doctest.h>

#include "dsl/compile/compile.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using model::ApprovalChain;
using model::ApprovalStep;
using model::Deadline;
using model::PeopleTerm;

constexpr const char* kApp = R"(
app: sales
currency: CNY
---
entity: account
title: name
fields:
  name: { type: text, required: true }
  owner: { type: user }
---
entity: quote
title: name
fields:
  name: { type: text, required: true }
  account: { type: reference, to: account }
  owner: { type: user }
  discount: { type: percent }
  amount: { type: money }
  remarks: { type: text }
lifecycle:
  stages:
    draft: { to: [review] }
    review: { approval: discounts, approved: done, rejected: draft }
    done: { final: won }
---
team: east
---
role: legal
on:
  quote: { view: true, approve: true }
---
role: director
---
decision: authority
of: quote
hit_policy: first
inputs: [discount]
output: who
rules:
  - ["< 0.1", '"manager of owner"']
  - ["< 0.2", '"role legal and [owner, account.owner], user li.lei"']
  - ["-", "null"]
)";

std::shared_ptr<const model::Model> compile_app(const std::string& more) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>("app.yaml", kApp + more);
  auto model = compile({{source}, ""}, diagnostics);
  std::string findings;
  for (const Diagnostic& diagnostic : diagnostics.all()) findings += to_text(diagnostic);
  CHECK(findings == "");
  REQUIRE(model != nullptr);
  return model;
}

// A chain of those steps.
std::shared_ptr<const model::Model> with_steps(const std::string& steps) {
  return compile_app("---\napproval: discounts\nof: quote\nwhy: They cost\nsteps:\n" + steps);
}

const PeopleTerm& only_term(const model::Model& model) {
  REQUIRE(model.approvals.front().steps.front().approvers.terms.size() == 1);
  return model.approvals.front().steps.front().approvers.terms.front();
}

std::vector<std::string> names_of_fields(const model::Model& model,
                                         const std::vector<std::size_t>& fields) {
  std::vector<std::string> names;
  const model::Entity& entity = model.entities[model.approvals.front().entity];
  for (const std::size_t field : fields) names.push_back(entity.fields[field].name);
  return names;
}

using Names = std::vector<std::string>;

TEST_CASE("terms that name people are told apart by their first words") {
  const auto kind_of = [](const std::string& term) {
    return only_term(*with_steps("  - { id: a, approvers: " + term + " }\n")).kind;
  };
  CHECK(kind_of("user li.lei") == PeopleTerm::Kind::User);
  CHECK(kind_of("role legal") == PeopleTerm::Kind::Role);
  CHECK(kind_of("team east") == PeopleTerm::Kind::Team);
  CHECK(kind_of("head of team east") == PeopleTerm::Kind::TeamHead);
  CHECK(kind_of("head of department of owner") == PeopleTerm::Kind::Department);
  CHECK(kind_of("manager of account.owner") == PeopleTerm::Kind::Manager);
  CHECK(kind_of("managers of submitter") == PeopleTerm::Kind::Managers);
  CHECK(kind_of("decide authority") == PeopleTerm::Kind::Decision);
  CHECK(kind_of("owner") == PeopleTerm::Kind::Persons);
  CHECK(kind_of("'[owner, account.owner]'") == PeopleTerm::Kind::Persons);
  CHECK(kind_of("user") == PeopleTerm::Kind::Persons);
  CHECK(kind_of("user.subordinates") == PeopleTerm::Kind::Persons);
  CHECK(kind_of("if amount > 5 then owner else account.owner") == PeopleTerm::Kind::Persons);
}

TEST_CASE("managers end at a role, after some levels, or at the top") {
  const auto role = with_steps("  - { id: a, approvers: managers of owner up to role director }\n");
  CHECK(only_term(*role).up_to_role == 1);
  CHECK(only_term(*role).up_to_level == std::nullopt);
  CHECK(only_term(*role).persons.text() == "owner");
  const auto levels = with_steps("  - { id: a, approvers: managers of owner up to 3 levels }\n");
  CHECK(only_term(*levels).up_to_level == 3);
  const auto level = with_steps("  - { id: a, approvers: managers of owner up to 1 level }\n");
  CHECK(only_term(*level).up_to_level == 1);
  const auto top = with_steps("  - { id: a, approvers: managers of owner }\n");
  CHECK(only_term(*top).up_to_role == std::nullopt);
  CHECK(only_term(*top).up_to_level == std::nullopt);
}

TEST_CASE("a table that is asked has its outputs as terms, and nobody for null") {
  const auto model = with_steps("  - { id: a, approvers: decide authority }\n");
  const PeopleTerm& term = only_term(*model);
  REQUIRE(term.table != nullptr);
  CHECK(term.table->slot_count() == model::slot_count(model->entities[1]) + 2);
  REQUIRE(term.outcomes.size() == 2);
  const auto& several = term.outcomes.at("role legal and [owner, account.owner], user li.lei");
  REQUIRE(several.size() == 3);
  CHECK(several[0].kind == PeopleTerm::Kind::Role);
  CHECK(several[1].kind == PeopleTerm::Kind::Persons);
  CHECK(several[2].account == "li.lei");
}

TEST_CASE("a step guards the fields that it reads or shows, and no others") {
  const auto guarded = [](const std::string& step) {
    const auto model = with_steps("  - { id: a, " + step + " }\n");
    return names_of_fields(*model, model->approvals.front().steps.front().guarded);
  };
  CHECK(guarded("approvers: role legal") == Names{});
  CHECK(guarded("approvers: account.owner") == Names{"account"});
  CHECK(guarded("approvers: role legal, when: discount > 0.2") == Names{"discount"});
  CHECK(guarded("approvers: manager of owner, shows: [amount, owner]") == Names{"owner", "amount"});
  CHECK(guarded("approvers: manager of submitter, edit: [remarks]") == Names{});
  // Its table may give terms that read, and the table reads its inputs.
  CHECK(guarded("approvers: decide authority") == Names{"account", "owner", "discount"});
  // The approval itself moves the record.
  CHECK(guarded("approvers: role legal, when: stage != null, shows: stage") == Names{});
  CHECK(guarded("approvers: role legal, on_empty: { to: owner }") == Names{});
}

TEST_CASE("steps and branches stand in groups, in the order of the text") {
  const auto model = with_steps(R"(
  - { id: a, approvers: role legal }
  - parallel:
      - { id: b, approvers: role legal }
      - - { id: c, approvers: role legal }
        - { id: d, approvers: role legal }
    join: any
)");
  const ApprovalChain& chain = model->approvals.front();
  REQUIRE(chain.groups.size() == 2);
  CHECK_FALSE(chain.groups[0].is_parallel);
  CHECK(chain.groups[0].branches == std::vector<std::vector<std::size_t>>{{0}});
  CHECK(chain.groups[1].is_parallel);
  CHECK(chain.groups[1].any_branch);
  CHECK(chain.groups[1].branches == std::vector<std::vector<std::size_t>>{{1}, {2, 3}});
  REQUIRE(chain.steps.size() == 4);
  CHECK(chain.steps[3].id == "d");
  CHECK(chain.steps[3].group == 1);
  CHECK(chain.steps[3].branch == 1);
}

TEST_CASE("deadlines have their time, their action and their people") {
  const auto model = with_steps(R"(
  - id: a
    approvers: role legal
    business: true
    within:
      PT8H: remind
      P2D: escalate to manager of approver and role director
      P9D: { action: transfer, to: [role director, owner], business: false }
      P20D: return
)");
  const std::vector<Deadline>& within = model->approvals.front().steps.front().within;
  REQUIRE(within.size() == 4);
  CHECK(within[0].action == Deadline::Action::Remind);
  CHECK(within[0].after == calendar::Period{.days = 0, .time = {8 * 3600, 0}, .business = true});
  CHECK(within[1].action == Deadline::Action::Escalate);
  REQUIRE(within[1].to.terms.size() == 2);
  CHECK(within[1].to.terms[0].kind == PeopleTerm::Kind::Manager);
  CHECK(within[1].to.terms[0].text == "manager of approver");
  CHECK(within[2].action == Deadline::Action::Transfer);
  CHECK_FALSE(within[2].after.business);
  CHECK(within[2].to.terms.size() == 2);
  CHECK(within[3].action == Deadline::Action::Return);
}

TEST_CASE("what a chain does not say is careful") {
  const auto model = with_steps("  - { id: a, approvers: role legal }\n");
  const ApprovalChain& chain = model->approvals.front();
  CHECK(chain.on_empty.action == model::OnEmpty::Action::Refuse);
  CHECK(chain.submitter == model::SubmitterSeat::Forbid);
  CHECK(chain.same_person_once);
  CHECK(chain.resume_after_return);
  CHECK(chain.withdraw == ApprovalChain::Withdraw::Always);
  const auto needs_comment = [&](model::CommentOn on) {
    return chain.needs_comment[static_cast<std::size_t>(on)];
  };
  CHECK(needs_comment(model::CommentOn::Reject));
  CHECK(needs_comment(model::CommentOn::Return));
  CHECK_FALSE(needs_comment(model::CommentOn::Approve));
  const ApprovalStep& step = chain.steps.front();
  CHECK(step.mode == model::Mode::Any);
  CHECK_FALSE(step.may[static_cast<std::size_t>(model::TaskRight::Transfer)]);
  CHECK_FALSE(step.on_empty.has_value());
}

TEST_CASE("what a chain says is taken over") {
  const auto model = compile_app(R"(---
approval: discounts
of: quote
why: They cost
shows: [discount, amount]
on_empty: { to: role director }
submitter: manager
same_person: each
after_return: again
withdraw: before_decision
comment: [approve]
cc: [role director, owner]
steps:
  - id: a
    approvers: role legal
    mode: { percent: 60 }
    may: [transfer, return]
    edit: [discount]
    on_empty: hold
  - { id: b, approvers: role legal, shows: amount, mode: in_order }
)");
  const ApprovalChain& chain = model->approvals.front();
  CHECK(chain.on_empty.action == model::OnEmpty::Action::Ask);
  CHECK(chain.on_empty.to.terms.size() == 1);
  CHECK(chain.submitter == model::SubmitterSeat::Manager);
  CHECK_FALSE(chain.same_person_once);
  CHECK_FALSE(chain.resume_after_return);
  CHECK(chain.withdraw == ApprovalChain::Withdraw::BeforeDecision);
  CHECK(chain.needs_comment[static_cast<std::size_t>(model::CommentOn::Approve)]);
  CHECK_FALSE(chain.needs_comment[static_cast<std::size_t>(model::CommentOn::Reject)]);
  CHECK(chain.cc.terms.size() == 2);
  const ApprovalStep& step = chain.steps[0];
  CHECK(step.mode == model::Mode::Percent);
  CHECK(step.threshold == 60);
  CHECK(step.may[static_cast<std::size_t>(model::TaskRight::Transfer)]);
  CHECK(step.may[static_cast<std::size_t>(model::TaskRight::Return)]);
  CHECK_FALSE(step.may[static_cast<std::size_t>(model::TaskRight::AddApprover)]);
  CHECK(names_of_fields(*model, step.edits) == Names{"discount"});
  CHECK(names_of_fields(*model, step.shows) == Names{"discount", "amount"});
  CHECK(step.on_empty->action == model::OnEmpty::Action::Hold);
  CHECK(names_of_fields(*model, chain.steps[1].shows) == Names{"amount"});
}

}  // namespace
}  // namespace formwork::compile
