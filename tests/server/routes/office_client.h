// Asks an application with stages and approvals as its people would: lin sells, zhou leads, sun and
// wu are finance, gu is the boss, xu sells as well.
#pragma once

#include "tests/server/routes/client.h"
#include "tests/support/office_app.h"

namespace formwork::routes {

class OfficeClient : public Client {
 public:
  explicit OfficeClient(std::string_view yaml = testing::kOffice) : Client(yaml) {
    hire("gu", "boss", "");
    hire("zhou", "manager", "gu");
    hire("lin", "sales", "zhou");
    hire("xu", "sales", "zhou");
    hire("sun", "finance", "zhou");
    hire("wu", "finance", "gu");
  }

  json::Value json(std::string_view who, Method method, const std::string& target,
                   std::string body = {}, Headers headers = {}) {
    const http::Response response = api(who, method, target, std::move(body), std::move(headers));
    auto parsed = json::parse(response.content());
    if (!parsed) throw std::runtime_error(std::string(response.content()));
    return std::move(*parsed);
  }

  // A quote of lin's that may be submitted; its address.
  std::string quote(
      const std::string& fields = R"("amount":"500","discount":"0.05","terms":"net")") {
    const auto made =
        api("lin", Method::Post, "/api/v1/records/quote", R"({"name":"Ink",)" + fields + "}");
    if (made.status != 201) throw std::runtime_error(std::string(made.content()));
    const std::string address(made.header("Location"));
    const auto ticked = api("lin", Method::Post, address + "/checklist", R"({"item":"spelled"})");
    if (ticked.status != 200) throw std::runtime_error(std::string(ticked.content()));
    return address;
  }

  // Submitted; its address.
  std::string submitted(
      const std::string& fields = R"("amount":"500","discount":"0.15","terms":"net")") {
    const std::string address = quote(fields);
    const auto moved = api("lin", Method::Post, address + "/moves", R"({"to":"review"})");
    if (moved.status != 200) throw std::runtime_error(std::string(moved.content()));
    return address;
  }

  // The number of the first task in somebody's box.
  std::string task(std::string_view who, const std::string& box = "todo") {
    const json::Value list = json(who, Method::Get, "/api/v1/tasks?box=" + box);
    const auto& tasks = list.find("tasks")->elements;
    return tasks.empty() ? std::string() : tasks.front().find("task")->find("id")->text;
  }

  http::Response decide(std::string_view who, const std::string& body, Headers headers = {}) {
    return api(who, Method::Post, "/api/v1/tasks/" + task(who) + "/decisions", body,
               std::move(headers));
  }

 private:
  void hire(const std::string& name, const std::string& role, const std::string& manager) {
    const auto added = app.engine.add_account({.name = name,
                                               .full_name = {},
                                               .password = {},
                                               .roles = {role},
                                               .locale = "en",
                                               .manager = manager});
    if (!added) throw std::invalid_argument("no account " + name);
  }
};

// What stands behind a path of names and numbers: "moves/0/to"; "-" for null or nothing, "true" and
// "false".
inline std::string at(const json::Value& value, std::string_view path) {
  const json::Value* found = &value;
  while (!path.empty() && found != nullptr) {
    const std::size_t slash = path.find('/');
    const std::string name(path.substr(0, slash));
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    if (found->is_array()) {
      const std::size_t index = std::stoul(name);
      found = index < found->elements.size() ? &found->elements[index] : nullptr;
    } else {
      found = found->find(name);
    }
  }
  if (found == nullptr || found->is_null()) return "-";
  if (found->kind == json::Value::Kind::True) return "true";
  if (found->kind == json::Value::Kind::False) return "false";
  if (found->is_array()) return std::to_string(found->elements.size());
  return found->text;
}

// The names of an object's members, in their order.
inline std::string members_of(const json::Value& value) {
  std::string names;
  for (const json::Value::Member& member : value.members) {
    names += (names.empty() ? "" : " ") + member.first;
  }
  return names;
}

}  // namespace formwork::routes
