#include "server/pages/automation_words.h"

#include <algorithm>

#include "engine/command/effects.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

struct Word {
  std::string_view name;
  const MessageText* text;
};

// With what stands behind the colon as {what}.
constexpr Word kTriggers[] = {{"created", &texts::kOnCreated},   {"updated", &texts::kOnUpdated},
                              {"deleted", &texts::kOnDeleted},   {"restored", &texts::kOnRestored},
                              {"moved", &texts::kOnMoved},       {"stage", &texts::kOnEntered},
                              {"left", &texts::kOnLeft},         {"assigned", &texts::kOnAssigned},
                              {"released", &texts::kOnReleased}, {"approval", &texts::kOnApproval},
                              {"overdue", &texts::kOnOverdue},   {"form", &texts::kOnForm},
                              {"webhook", &texts::kOnWebhook},   {"cron", &texts::kOnCron},
                              {"date", &texts::kOnDate}};

constexpr Word kApprovals[] = {{"submitted", &texts::kOnSubmitted},
                               {"approved", &texts::kIsApproved},
                               {"rejected", &texts::kIsRejected},
                               {"returned", &texts::kIsReturned},
                               {"withdrawn", &texts::kIsWithdrawn}};

constexpr Word kOverdue[] = {{"stage", &texts::kLateStage},
                             {"task", &texts::kLateTask},
                             {"response", &texts::kFirstResponse},
                             {"todo", &texts::kLateToDo}};

constexpr Word kActions[] = {{"assign", &texts::kDoAssign}, {"comment", &texts::kDoComment},
                             {"create", &texts::kDoCreate}, {"mail", &texts::kDoMail},
                             {"move", &texts::kDoMove},     {"notify", &texts::kDoNotify},
                             {"set", &texts::kDoSet},       {"stop", &texts::kDoStop},
                             {"tag", &texts::kDoTag},       {"task", &texts::kDoTask},
                             {"update", &texts::kDoUpdate}, {"webhook", &texts::kDoWebhook}};

template <std::size_t N>
const MessageText* find(const Word (&words)[N], std::string_view name) {
  const auto* found = std::find_if(std::begin(words), std::end(words),
                                   [&](const Word& word) { return word.name == name; });
  return found == std::end(words) ? nullptr : found->text;
}

class TriggerReader {
 public:
  TriggerReader(const model::Entity* entity, const Context& context)
      : entity_(entity), context_(context) {}

  std::string words(std::string_view text) const {
    const std::size_t colon = text.find(": ");
    const std::string_view kind = text.substr(0, colon);
    const std::string_view argument =
        colon == std::string_view::npos ? std::string_view() : text.substr(colon + 2);
    const MessageText* known = find(kTriggers, kind);
    if (known == nullptr) return std::string(text);
    if (kind == "updated" && argument.empty()) return context_.words(texts::kOnAnyUpdate);
    return context_.words(*known, {{"what", what(kind, argument)}});
  }

 private:
  std::string what(std::string_view kind, std::string_view argument) const {
    if (kind == "updated") return joined(argument, [this](auto name) { return field(name); });
    if (kind == "stage" || kind == "left") return stage(argument);
    if (kind == "approval") return approval(argument);
    if (kind == "date") return date(argument);
    if (kind == "overdue") {
      const MessageText* known = find(kOverdue, argument);
      return known == nullptr ? std::string(argument) : context_.words(*known);
    }
    if (kind == "form") return labelled(context_.model.find_form(argument), argument);
    if (kind == "webhook") return labelled(context_.model.find_webhook(argument), argument);
    return std::string(argument);
  }

  template <class T>
  std::string labelled(const T* found, std::string_view name) const {
    return found == nullptr ? std::string(name) : context_.label(found->label);
  }

  template <class Say>
  std::string joined(std::string_view list, Say say) const {
    std::string text;
    while (!list.empty()) {
      const std::size_t comma = list.find(", ");
      if (!text.empty()) text += context_.words(texts::kListSeparator);
      text += say(list.substr(0, comma));
      list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 2);
    }
    return text;
  }

  std::string field(std::string_view name) const {
    if (entity_ == nullptr) return std::string(name);
    for (const fields::Field& field : entity_->fields) {
      if (field.name == name) return context_.label(field.label);
    }
    return std::string(name);
  }

  std::string stage(std::string_view name) const {
    if (entity_ == nullptr) return std::string(name);
    for (const model::Lifecycle& lifecycle : entity_->lifecycles) {
      if (const auto index = model::stage_index(lifecycle, name)) {
        return context_.label(lifecycle.stages[*index].label);
      }
    }
    return std::string(name);
  }

  // `approved, chain: discount`
  std::string approval(std::string_view argument) const {
    const std::size_t comma = argument.find(", chain: ");
    const MessageText* known = find(kApprovals, argument.substr(0, comma));
    if (known == nullptr) return std::string(argument);
    std::string text = context_.words(*known);
    if (comma == std::string_view::npos) return text;
    const std::string_view name = argument.substr(comma + 9);
    const auto found =
        std::find_if(context_.model.approvals.begin(), context_.model.approvals.end(),
                     [&](const model::ApprovalChain& chain) { return chain.name == name; });
    text += context_.words(texts::kListSeparator);
    return text + (found == context_.model.approvals.end() ? std::string(name)
                                                           : context_.label(found->label));
  }

  // `valid_until, before: P3D, business: true, at: 09:00`
  std::string date(std::string_view argument) const {
    return joined(argument, [this](std::string_view part) {
      const std::size_t colon = part.find(": ");
      if (colon == std::string_view::npos) return field(part);
      const std::string_view name = part.substr(0, colon);
      const std::string_view value = part.substr(colon + 2);
      if (name == "before") return context_.words(texts::kDateBefore, {{"span", period(value)}});
      if (name == "after") return context_.words(texts::kDateAfter, {{"span", period(value)}});
      if (name == "business") return context_.words(texts::kInBusinessTime);
      if (name == "at") return context_.words(texts::kDateAt, {{"time", std::string(value)}});
      return std::string(part);
    });
  }

  // `P1DT4H` in words, all of it.
  std::string period(std::string_view text) const {
    const auto read = calendar::parse_period(text);
    if (!read) return std::string(text);
    const std::int64_t minutes = read->time.to_microseconds() / kMicrosPerSecond / 60;
    std::string said;
    const auto say = [&](std::int64_t count, const MessageText& one, const MessageText& many) {
      if (count == 0) return;
      if (!said.empty()) said += " ";
      said += context_.words(count == 1 ? one : many, {{"n", std::to_string(count)}});
    };
    say(read->days, texts::kOneDay, texts::kDays);
    say(minutes / 60, texts::kHours, texts::kHours);
    say(minutes % 60, texts::kMinutes, texts::kMinutes);
    return said.empty() ? std::string(text) : said;
  }

  const model::Entity* entity_;
  const Context& context_;
};

// Where `name = value` ends: at a comma that is in no text and no list.
std::size_t end_of_change(std::string_view text) {
  bool in_text = false;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_text && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      in_text = !in_text;
    } else if (!in_text && (text[i] == '[' || text[i] == ']')) {
      depth += text[i] == '[' ? 1 : -1;
    } else if (!in_text && depth == 0 && text.substr(i).starts_with(", ")) {
      return i;
    }
  }
  return std::string_view::npos;
}

class ChangeReader {
 public:
  ChangeReader(const model::Entity& entity, const Context& context)
      : entity_(entity), context_(context) {}

  std::string change(std::string_view text) const {
    const std::size_t equals = text.find(" = ");
    if (equals == std::string_view::npos) return std::string(text);
    const auto index = model::field_index(entity_, text.substr(0, equals));
    if (!index) return std::string(text);
    const fields::Field& field = entity_.fields[*index];
    return context_.label(field.label) + " = " + value(field, text.substr(equals + 3));
  }

 private:
  std::string value(const fields::Field& field, std::string_view text) const {
    if (text == "null") return context_.words(texts::kNoValue);
    if (field.type->widget == fields::Widget::User) {
      const auto account = context_.frame.directory->find_account(text);
      return account ? context_.frame.directory->full_name(*account) : std::string(text);
    }
    if (!field.options.empty()) return options(field, text);
    if (field.type->column != fields::Column::Instant || text.size() < 2) return std::string(text);
    const auto instant = parse_instant(text.substr(1, text.size() - 2));
    return instant ? context_.show(field, feel::Value(*instant)) : std::string(text);
  }

  // `new`, `"new"` or `["hot","old"]`.
  std::string options(const fields::Field& field, std::string_view text) const {
    std::string said;
    while (!text.empty()) {
      const std::size_t comma = text.find(',');
      std::string_view code = text.substr(0, comma);
      while (!code.empty() && std::string_view("[\" ").find(code.front()) != code.npos) {
        code.remove_prefix(1);
      }
      while (!code.empty() && std::string_view("]\" ").find(code.back()) != code.npos) {
        code.remove_suffix(1);
      }
      const auto found =
          std::find_if(field.options.begin(), field.options.end(),
                       [&](const fields::Option& option) { return option.code == code; });
      if (!said.empty()) said += context_.words(texts::kListSeparator);
      said += found == field.options.end() ? std::string(code) : context_.label(found->label);
      text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return said;
  }

  const model::Entity& entity_;
  const Context& context_;
};

}  // namespace

std::string trigger_words(std::string_view text, const model::Entity* entity,
                          const Context& context) {
  constexpr std::string_view kDryRun = "dry run: ";
  if (text.starts_with(kDryRun)) text.remove_prefix(kDryRun.size());
  return TriggerReader(entity, context).words(text);
}

std::string action_words(std::string_view name, const Context& context) {
  const MessageText* known = find(kActions, name);
  return known == nullptr ? std::string(name) : context.words(*known);
}

std::string change_words(std::string_view text, const model::Entity* entity,
                         const Context& context) {
  if (entity == nullptr) return std::string(text);
  const ChangeReader reader(*entity, context);
  std::string said;
  while (!text.empty()) {
    const std::size_t end = end_of_change(text);
    if (!said.empty()) said += context.words(texts::kListSeparator);
    said += reader.change(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 2);
  }
  return said;
}

std::string automation_words(const std::string& name, const Context& context) {
  const model::Automation* automation = context.model.find_automation(name);
  return automation == nullptr ? name : context.label(automation->label);
}

std::string destination_words(const std::string& name, const Context& context) {
  if (name == engine::kMailDestination) return context.words(texts::kMail);
  const model::Webhook* webhook = context.model.find_webhook(name);
  return webhook == nullptr ? name : context.label(webhook->label);
}

}  // namespace formwork::pages
