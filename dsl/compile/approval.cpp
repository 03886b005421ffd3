// An approval chain: who has to agree, in which order, under which conditions.
#include "dsl/compile/context.h"

namespace formwork::compile {

void compile_approval(const Document& document, model::ApprovalChain& chain, Context& context) {
  if (const auto entity = context.approval_entities[chain.index]) chain.entity = *entity;
  chain.where = document.name_where;
}

}  // namespace formwork::compile
