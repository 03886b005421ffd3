#include "engine/assignment/texts.h"

#include <array>
#include <string>
#include <vector>

#include "dsl/diagnostics/did_you_mean.h"

namespace formwork::assignment {
namespace texts {

const MessageText kNoOwner{"assign.no-owner", "{entity} have no owner", "{entity}没有负责人"};
const MessageText kClaimed{"assign.claimed", "this {entity} belongs to {who} already",
                           "此{entity}已由{who}负责"};
const MessageText kNotActive{"assign.not-active", "{who} has no open account; choose somebody else",
                             "{who}的账号不可用，请选择其他人"};
const MessageText kNoRule{"assign.no-rule",
                          "no rule of {assignment} holds for this {entity}; name somebody",
                          "“{assignment}”中没有适用于此{entity}的规则，请指定负责人"};
const MessageText kNobody{"assign.nobody",
                          "{assignment} finds nobody who is free for this {entity}: of {count} "
                          "candidates {absent} are away and {full} have enough open records",
                          "“{assignment}”没有可分配此{entity}的人：{count} 名候选人中 {absent} "
                          "人缺席，{full} 人已达上限"};
const MessageText kNobodyNamed{"assign.nobody-named",
                               "{assignment} names nobody who has an open account",
                               "“{assignment}”指定的人员都没有可用账号"};
const MessageText kQuota{"assign.quota",
                         "you have claimed {count} from {pool} today, which is the most; claim "
                         "more tomorrow",
                         "今天您已从“{pool}”领取 {count} 条，已达每日上限，请明天再领取"};
const MessageText kFull{"assign.full",
                        "you own {count} open {entity} already; finish or release some before you "
                        "claim from {pool}",
                        "您名下已有 {count} 条未结束的{entity}；请先处理或退回一些，再从“{pool}”"
                        "领取"};
const MessageText kNoPools{"release.no-pools", "{entity} have no pool to be released to",
                           "{entity}没有公海"};
const MessageText kNoSuchPool{"release.no-such-pool",
                              "there is no pool {name}{suggest}{names}{mark}",
                              "没有公海 {name}{suggest}{names}{mark}"};
const MessageText kInPool{"release.in-pool", "this {entity} is in {pool} already",
                          "此{entity}已在“{pool}”中"};

}  // namespace texts

std::span<const MessageText* const> all_texts() {
  static constexpr std::array kAll{
      &texts::kNoOwner, &texts::kClaimed,     &texts::kNotActive, &texts::kNoRule,
      &texts::kNobody,  &texts::kNobodyNamed, &texts::kQuota,     &texts::kFull,
      &texts::kNoPools, &texts::kNoSuchPool,  &texts::kInPool,
  };
  return kAll;
}

Message no_such_pool(const model::Entity& entity, std::string_view name) {
  if (entity.pools.empty()) return {&texts::kNoPools, {{"entity", entity.plural}}};
  std::vector<std::string_view> names;
  for (const model::Pool& pool : entity.pools) names.push_back(pool.name);
  Message message{&texts::kNoSuchPool, suggestion_arguments(name, names)};
  message.arguments.emplace_back("name", std::string(name));
  return message;
}

}  // namespace formwork::assignment
