#include "server/pages/page_texts.h"

namespace formwork::pages::texts {

#define FW_DEFINE(name, english, chinese) \
  const MessageText k##name{"page." #name, english, chinese};
FW_PAGE_TEXTS(FW_DEFINE)
#undef FW_DEFINE

std::span<const MessageText* const> all_page_texts() {
#define FW_ADDRESS(name, english, chinese) &k##name,
  static constexpr const MessageText* kAll[] = {FW_PAGE_TEXTS(FW_ADDRESS)};
#undef FW_ADDRESS
  return kAll;
}

}  // namespace formwork::pages::texts
