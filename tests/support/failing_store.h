// A store whose commits fail when a test says so: the work of a piece runs, and nothing of it
// remains.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "engine/store/store.h"

namespace formwork::testing {

class FailingStore final : public store::Store {
 public:
  // Asked on the writer's thread after the work of each piece: whether its commit fails.
  using Fails = std::function<bool()>;

  FailingStore(std::unique_ptr<store::Store> store, Fails fails)
      : store_(std::move(store)), fails_(std::move(fails)) {}

  std::unique_ptr<store::View> read() override { return store_->read(); }

  [[nodiscard]] bool submit(Work work, Done done) override {
    auto fails = std::make_shared<bool>(false);
    return store_->submit(
        [this, fails, work = std::move(work)](store::Transaction& transaction) {
          const bool keeps = work(transaction);
          *fails = keeps && fails_();
          return keeps && !*fails;
        },
        [fails, done = std::move(done)](store::Commit commit) {
          if (done) done(*fails ? store::Commit::Failed : commit);
        });
  }

  std::uint64_t access_version() const override { return store_->access_version(); }

  void on_messages(std::function<void()> call) override { store_->on_messages(std::move(call)); }

 private:
  std::unique_ptr<store::Store> store_;
  Fails fails_;
};

}  // namespace formwork::testing
