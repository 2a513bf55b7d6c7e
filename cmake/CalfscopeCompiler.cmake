# Compiler options that every module of the project gets (target calfscope_options).
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# A developer who has ccache gets it; nothing depends on it.
find_program(CALFSCOPE_CCACHE ccache)
if(CALFSCOPE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CALFSCOPE_CCACHE})
endif()

add_library(calfscope_options INTERFACE)
target_include_directories(calfscope_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
# Third-party headers are found under the system prefix, so these warnings speak of our own code only.
target_compile_options(calfscope_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                                                    -Woverloaded-virtual -Wnull-dereference -Wextra-semi)
# -Wnull-dereference and -Wmaybe-uninitialized report false positives inside libstdc++ and GLM when the sanitizers
# change inlining, so they are only asked for in ordinary builds.
if(CALFSCOPE_SANITIZE)
  target_compile_options(calfscope_options INTERFACE -Wno-null-dereference -Wno-maybe-uninitialized)
  target_compile_options(calfscope_options INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer)
  target_link_options(calfscope_options INTERFACE -fsanitize=address,undefined)
endif()
if(CALFSCOPE_WERROR)
  target_compile_options(calfscope_options INTERFACE -Werror)
endif()
# GLM: depth runs 0..1 nowhere here; radians only; explicit, so that two modules never disagree.
target_compile_definitions(calfscope_options INTERFACE GLM_FORCE_RADIANS GLM_ENABLE_EXPERIMENTAL)
