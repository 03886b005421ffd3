// A ByteStream on a TCP socket.
#pragma once

#include <memory>

#include "server/http/byte_stream.h"

namespace boost::asio {
template <typename Protocol, typename Executor>
class basic_stream_socket;

namespace ip {
class tcp;
}
}  // namespace boost::asio

namespace formwork::http {

using TcpSocket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::any_io_executor>;

// Takes a connected socket whose executor is a strand.
std::unique_ptr<ByteStream> make_tcp_stream(TcpSocket&& socket);

}  // namespace formwork::http
