#include "engine/pipeline/startup.h"

#include <stdexcept>
#include <string>

namespace formwork::engine {
namespace {

constexpr std::size_t kBatch = 500;

}  // namespace

void write_at_start(store::Store& store, std::string_view what,
                    const std::function<void(store::Transaction&)>& work) {
  const store::Commit commit = store.submit_and_wait([&](store::Transaction& transaction) {
    work(transaction);
    return true;
  });
  if (commit == store::Commit::Committed) return;
  const std::string_view why =
      commit == store::Commit::Full ? "the disk is full" : "the store could not write";
  throw std::runtime_error("expected to write " + std::string(what) + " at the start, but " +
                           std::string(why));
}

void write_at_start(store::Store& store, std::string_view what, const model::Entity& entity,
                    const std::function<void(store::Transaction&, const Record&)>& work) {
  store::Query query{.entity = &entity, .sort = {}, .limit = kBatch};
  query.sort.column = model::ColumnRef::of(model::SystemColumn::Id);
  RecordId last = 0;
  bool has_more = true;
  while (has_more) {
    write_at_start(store, what, [&](store::Transaction& transaction) {
      const std::vector<Record> records = transaction.list(query);
      for (const Record& record : records) work(transaction, record);
      has_more = records.size() == kBatch;
      if (has_more) last = records.back().id;
    });
    query.after = store::Position{.value = feel::Value(feel::Number(last)), .id = last};
  }
}

}  // namespace formwork::engine
