// The program that the tests start as the reader of foreign files.

#include "import/foreign.h"

int main(int argc, char** argv) {
  return calfscope::run_as_mesh_reader(argc, argv).value_or(2);
}
