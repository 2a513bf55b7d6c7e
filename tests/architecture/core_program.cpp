// Links the core alone; if it links, the core stands on its own. See core_links_no_gl.sh.
#include "compose/compose.h"

int main() {
  return calfscope::compose(calfscope::AppState{}, {}).items.empty() ? 0 : 1;
}
