// What a form shows and asks for changes while it is filled: the answer to its script.
#include "dsl/base/json.h"
#include "server/pages/form_state.h"

namespace formwork::pages {
namespace {

using fields::Field;

class LiveWriter {
 public:
  LiveWriter(std::string& out, const Context& context, const LiveForm& form)
      : writer_(out), context_(context), form_(form) {}

  void write() {
    writer_.begin_object().key("outputs").begin_object();
    each([this](const std::string& name, const Field& field, const feel::Value& value,
                const records::FieldFlags&) {
      if (!field.value) return;
      writer_.key(name).string(output_text(context_, field, value, form_.title_of));
    });
    writer_.end_object();
    flags("hidden", [](const records::FieldFlags& flags) { return !flags.visible; });
    flags("required", [](const records::FieldFlags& flags) { return flags.required; });
    writer_.end_object();
  }

 private:
  // Calls visit(name of the control, field, value, flags) for fields that the caller may see, and
  // for the cells of lines.
  template <class Visit>
  void each(Visit visit) const {
    const model::Entity& entity = *form_.entity;
    const records::Preview& preview = *form_.preview;
    for (std::size_t i = 0; i < entity.fields.size(); ++i) {
      if (!context_.may_see(entity, i)) continue;
      const Field& field = entity.fields[i];
      visit(field.name, field, preview.values[i], preview.fields[i]);
      const auto lines = preview.lines.find(i);
      if (lines == preview.lines.end()) continue;
      const std::vector<std::size_t> numbers = records::form_row_numbers(field, *form_.typed);
      for (std::size_t row = 0; row < std::min(lines->second.size(), numbers.size()); ++row) {
        const std::string start = field.name + "[" + std::to_string(numbers[row]) + "].";
        for (std::size_t column = 0; column < field.fields.size(); ++column) {
          visit(start + field.fields[column].name, field.fields[column],
                preview.values[i].list()[row].list()[column], lines->second[row][column]);
        }
      }
    }
  }

  // The names of those with conditions for which it is so.
  void flags(std::string_view key, bool (*is_set)(const records::FieldFlags&)) {
    writer_.key(key).begin_array();
    each([&](const std::string& name, const Field& field, const feel::Value&,
             const records::FieldFlags& flags) {
      if (is_conditional(field) && is_set(flags)) writer_.string(name);
    });
    writer_.end_array();
  }

  json::Writer writer_;
  const Context& context_;
  const LiveForm& form_;
};

}  // namespace

std::string Pages::live(const Frame& frame, const LiveForm& form) const {
  const Context context(model_, frame);
  std::string out;
  LiveWriter(out, context, form).write();
  return out;
}

std::string Pages::public_live(const model::PublicForm& form,
                               const records::Preview& preview) const {
  const model::Entity& entity = model_.entities[form.intake.entity];
  std::string out;
  json::Writer writer(out);
  const auto flags = [&](std::string_view key, bool (*is_set)(const records::FieldFlags&)) {
    writer.key(key).begin_array();
    for (const std::size_t field : form.fields) {
      const bool is_named = is_conditional(entity.fields[field]) && is_set(preview.fields[field]);
      if (is_named) writer.string(entity.fields[field].name);
    }
    writer.end_array();
  };
  writer.begin_object().key("outputs").begin_object().end_object();
  flags("hidden", [](const records::FieldFlags& of_field) { return !of_field.visible; });
  flags("required", [](const records::FieldFlags& of_field) { return of_field.required; });
  writer.end_object();
  return out;
}

}  // namespace formwork::pages
