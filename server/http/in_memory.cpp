#include "server/http/in_memory.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/http/connection.h"

namespace formwork::http {
namespace {

namespace asio = boost::asio;

class MemoryStream final : public ByteStream {
 public:
  MemoryStream(Conversation conversation, Transcript& transcript)
      : conversation_(std::move(conversation)), transcript_(transcript) {}

  Task<IoStatus> readable(Duration) override {
    co_await asio::post(asio::use_awaitable);
    co_return state();
  }

  Task<Io> read(char* data, std::size_t size, Duration) override {
    co_await asio::post(asio::use_awaitable);
    if (const IoStatus status = state(); status != IoStatus::Ok) co_return Io{status, 0};
    const std::string& piece = conversation_.pieces[next_piece_];
    const std::size_t bytes = std::min(size, piece.size() - offset_);
    std::memcpy(data, piece.data() + offset_, bytes);
    offset_ += bytes;
    skip_what_is_read();
    co_return Io{IoStatus::Ok, bytes};
  }

  Task<IoStatus> write(std::string_view first, std::string_view second, Duration) override {
    co_await asio::post(asio::use_awaitable);
    if (closed_) co_return IoStatus::Closed;
    transcript_.output.append(first).append(second);
    co_return IoStatus::Ok;
  }

  void finish_writing() override { note_end(); }

  void close() override {
    note_end();
    closed_ = true;
  }

 private:
  void skip_what_is_read() {
    while (has_piece() && offset_ == conversation_.pieces[next_piece_].size()) {
      ++next_piece_;
      offset_ = 0;
    }
  }

  bool has_piece() const { return next_piece_ < conversation_.pieces.size(); }

  IoStatus state() {
    skip_what_is_read();
    if (closed_) return IoStatus::Closed;
    if (has_piece()) return IoStatus::Ok;
    told_end_ = told_end_ || conversation_.hangs_up;
    return conversation_.hangs_up ? IoStatus::Closed : IoStatus::TimedOut;
  }

  void note_end() { transcript_.server_ended = transcript_.server_ended || !told_end_; }

  Conversation conversation_;
  Transcript& transcript_;
  std::size_t next_piece_ = 0;
  std::size_t offset_ = 0;
  bool told_end_ = false;
  bool closed_ = false;
};

Task<void> serve(std::shared_ptr<Connection> connection) { co_await connection->serve(); }

}  // namespace

Transcript converse(Options options, Handler handler, Conversation conversation) {
  Transcript transcript;
  asio::io_context io(1);
  const auto service = std::make_shared<Service>(std::move(options), std::move(handler));
  auto stream = std::make_unique<MemoryStream>(std::move(conversation), transcript);
  const auto connection = std::make_shared<Connection>(service, std::move(stream), "192.0.2.1");
  asio::co_spawn(asio::make_strand(io), serve(connection), asio::detached);
  io.run();
  return transcript;
}

std::vector<std::string> in_pieces(const std::string& text, std::size_t bytes) {
  std::vector<std::string> pieces;
  for (std::size_t i = 0; i < text.size(); i += bytes) pieces.push_back(text.substr(i, bytes));
  return pieces;
}

}  // namespace formwork::http
