// Bytes received and not consumed yet. Holds no memory while it is empty and released.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace formwork::http {

class InputBuffer {
 public:
  std::string_view unread() const { return {data_.get() + begin_, end_ - begin_}; }

  bool empty() const { return begin_ == end_; }

  void consume(std::size_t bytes) {
    begin_ += bytes;
    if (begin_ == end_) begin_ = end_ = 0;
  }

  // A place for at least `bytes` more; what is unread keeps its order, not its address.
  char* room(std::size_t bytes) {
    if (capacity_ - end_ >= bytes) return data_.get() + end_;
    const std::size_t kept = end_ - begin_;
    if (capacity_ < kept + bytes) {
      const std::size_t wanted = kept + bytes;
      std::unique_ptr<char[]> larger(new char[wanted]);  // not zeroed: the system writes into it
      if (kept > 0) std::memcpy(larger.get(), data_.get() + begin_, kept);
      data_ = std::move(larger);
      capacity_ = wanted;
    } else if (kept > 0) {
      std::memmove(data_.get(), data_.get() + begin_, kept);
    }
    begin_ = 0;
    end_ = kept;
    return data_.get() + end_;
  }

  void added(std::size_t bytes) { end_ += bytes; }

  void release() {
    data_.reset();
    begin_ = end_ = capacity_ = 0;
  }

 private:
  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace formwork::http
