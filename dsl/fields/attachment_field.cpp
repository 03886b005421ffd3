// attachment: files, by the ids that their upload gave. Size and type are checked at the upload,
// with Field::max_bytes and accepts_media_type(); that a file exists and belongs here is the
// engine's to check.
#include <algorithm>

#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/media_types.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

constexpr std::size_t kMostFiles = 100;
constexpr std::size_t kMostBytes = 1024UL * 1024 * 1024;

// A file is attached once, however often it is named.
void add_file(feel::List& files, std::int64_t id) {
  const feel::Value file(feel::RecordRef{id});
  if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
}

feel::Value list_or_null(feel::List files) {
  return files.empty() ? feel::Value() : feel::Value(std::move(files));
}

Read<feel::Value> read(std::string_view input, const Field&, const Reading&) {
  feel::List files;
  for (const std::string_view part : split_commas(input)) {
    const std::optional<std::int64_t> id = parse_id(part);
    if (!id) return Unexpected{say(Say::NotAFile, {{"value", repeated(part)}})};
    add_file(files, *id);
  }
  return list_or_null(std::move(files));
}

Read<feel::Value> read_json(const json::Value& input, const Field&, const Reading&) {
  if (!input.is_array()) return Unexpected{wrong_json(input, word(Word::JsonArray))};
  feel::List files;
  for (const json::Value& element : input.elements) {
    const std::optional<std::int64_t> id = json_id(element);
    if (!id && element.text.empty()) return Unexpected{wrong_json(element, word(Word::JsonId))};
    if (!id) return Unexpected{say(Say::NotAFile, {{"value", repeated(element.text)}})};
    add_file(files, *id);
  }
  return list_or_null(std::move(files));
}

std::string input(const feel::Value& value, const Field&, const Showing&) {
  std::string text;
  for (const feel::Value& file : value.list()) {
    text += (text.empty() ? "" : ",") + std::to_string(file.record().id);
  }
  return text;
}

// How many; their names are the store's to know.
std::string show(const feel::Value& value, const Field&, const Showing& showing) {
  const std::size_t count = value.list().size();
  if (showing.language == Language::Chinese) return std::to_string(count) + " 个文件";
  return std::to_string(count) + (count == 1 ? " file" : " files");
}

void write_json(json::Writer& writer, const feel::Value& value, const Field&, const People&) {
  writer.begin_array();
  for (const feel::Value& file : value.list()) writer.number(file.record().id);
  writer.end_array();
}

std::optional<std::string> settle(Field& field) {
  if (field.max_files < 1 || field.max_files > kMostFiles) {
    return "`max_files` is 1 to " + grouped(kMostFiles) + "; this is " + grouped(field.max_files);
  }
  if (field.max_bytes < 1 || field.max_bytes > kMostBytes) {
    return "`max_bytes` is 1 to " + grouped(kMostBytes) + "; this is " + grouped(field.max_bytes);
  }
  for (const std::string& range : field.accept) {
    if (!is_media_range(range)) {
      return "`accept` lists media types such as application/pdf or image/*; this is \"" + range +
             "\"";
    }
  }
  return std::nullopt;
}

constexpr Setting kSettings[] = {Setting::MaxFiles, Setting::MaxBytes, Setting::Accept};

}  // namespace

const FieldType& attachment_field() {
  static const FieldType type{
      .name = "attachment",
      .summary = "Uploaded files, one unless `max_files` allows more. JSON has their ids.",
      .value = feel::Value::Kind::List,
      .column = Column::Files,
      .widget = Widget::Files,
      .settings = kSettings,
      .may_be_in_table = false,
      .may_be_unique = false,
      .may_have_default = false,
      .may_be_computed = false,
      .sortable = false,
      .filterable = false,
      .read = read,
      .read_json = read_json,
      .input = input,
      .show = show,
      .write_json = write_json,
      .settle = settle,
  };
  return type;
}

}  // namespace formwork::fields
