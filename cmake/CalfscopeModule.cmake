# calfscope_module(NAME base SOURCES a.cpp b.cpp USES geometry LINKS fmt::fmt)
#   one static library calfscope_<NAME>. USES: our own modules, seen by whoever uses this one.
#   LINKS: third-party targets, private. EXPOSES: third-party targets that stand in our headers (GLM, fmt).
function(calfscope_module)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;USES;LINKS;EXPOSES" ${ARGN})
  set(target calfscope_${ARG_NAME})
  add_library(${target} STATIC ${ARG_SOURCES})
  list(TRANSFORM ARG_USES PREPEND calfscope_)
  target_link_libraries(${target} PUBLIC calfscope_options glm::glm ${ARG_USES} ${ARG_EXPOSES} PRIVATE ${ARG_LINKS})
endfunction()

# calfscope_test(NAME geometry SOURCES a.cpp USES geometry LABEL gl FIXTURE leg)
#   one Catch2 program test_<NAME>; every test case becomes a ctest test, run after the fixture if there is one.
function(calfscope_test)
  cmake_parse_arguments(ARG "" "NAME;LABEL;FIXTURE" "SOURCES;USES;LINKS" ${ARGN})
  set(target test_${ARG_NAME})
  add_executable(${target} ${ARG_SOURCES})
  list(TRANSFORM ARG_USES PREPEND calfscope_)
  target_link_libraries(${target} PRIVATE calfscope_options ${ARG_USES} ${ARG_LINKS} Catch2::Catch2WithMain)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${target} PRIVATE CALFSCOPE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                               CALFSCOPE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  if(CALFSCOPE_SANITIZE)
    target_sources(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests/support/keep_loaded.c)
  endif()
  # One label: catch_discover_tests would take the second of a list for the name of the next property.
  set(label ${ARG_NAME})
  if(ARG_LABEL)
    set(label ${ARG_LABEL})
  endif()
  set(fixture)
  if(ARG_FIXTURE)
    set(fixture FIXTURES_REQUIRED ${ARG_FIXTURE})
  endif()
  catch_discover_tests(${target} TEST_PREFIX "${ARG_NAME}: " DISCOVERY_MODE PRE_TEST
                       PROPERTIES LABELS "${label}" TIMEOUT 300 ${fixture})
endfunction()
