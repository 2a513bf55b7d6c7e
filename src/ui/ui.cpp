#include "ui/ui.h"

#include <cmath>
#include <stdexcept>

namespace calfscope {
namespace {

const Command& command(std::string_view id) {
  if (const Command* found = find_command(id))
    return *found;
  throw std::logic_error("no command \"" + std::string(id) + "\" in the table");
}

} // namespace

float Ui::px(float logical) const {
  return std::round(logical * scale);
}

void Ui::emit_command(std::string_view id) const {
  emit(command(id).action);
}

bool Ui::is_enabled(std::string_view command_id) const {
  return enabled(state, command(command_id).action);
}

} // namespace calfscope
