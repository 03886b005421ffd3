// What the HTTP tests share: a conversation in memory, and answers taken apart.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/in_memory.h"

namespace formwork::http::testing {

struct Answer {
  int status = 0;
  std::string head;  // with its empty line
  std::string body;

  // The value of the first field of that name, spelt exactly so; empty when there is none.
  std::string field(std::string_view name) const {
    const std::string mark = "\r\n" + std::string(name) + ": ";
    const std::size_t at = head.find(mark);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + mark.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

// Splits what a server wrote; stops at the first thing that is no well-formed answer, and `rest`
// tells. Answers to HEAD have a length and no body, so their number must be said.
inline std::vector<Answer> split_answers(std::string_view output, std::string& rest,
                                         bool without_bodies = false) {
  std::vector<Answer> answers;
  while (output.starts_with("HTTP/1.1 ")) {
    const std::size_t end = output.find("\r\n\r\n");
    if (end == std::string_view::npos) break;
    Answer answer;
    answer.status = std::stoi(std::string(output.substr(9, 3)));
    answer.head = output.substr(0, end + 4);
    const std::string length = answer.field("Content-Length");
    const std::size_t bytes = length.empty() || without_bodies ? 0 : std::stoul(length);
    if (output.size() < end + 4 + bytes) break;
    answer.body = output.substr(end + 4, bytes);
    output.remove_prefix(end + 4 + bytes);
    answers.push_back(std::move(answer));
  }
  rest = output;
  return answers;
}

struct Talk {
  std::vector<Answer> answers;
  std::string rest;  // what followed the answers and was none
  bool server_ended = false;
};

inline Talk talk(const Options& options, const Handler& handler, const Conversation& conversation,
                 bool without_bodies = false) {
  const Transcript transcript = converse(options, handler, conversation);
  Talk talk;
  talk.answers = split_answers(transcript.output, talk.rest, without_bodies);
  talk.server_ended = transcript.server_ended;
  return talk;
}

// Answers 200 with what it understood: method, path, query and body.
inline void echo(Request request, Reply reply) {
  std::string text(name_of(request.method));
  text += " " + request.path + " ?" + request.query + " [" + request.body + "]";
  reply(text_response(200, text));
}

inline std::string get(std::string_view target, std::string_view fields = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: example.org\r\n" + std::string(fields) +
         "\r\n";
}

inline std::string post(std::string_view body, std::string_view fields = "") {
  return "POST /form HTTP/1.1\r\nHost: example.org\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

}  // namespace formwork::http::testing
