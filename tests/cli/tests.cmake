# Every test here drives the finished program.
set(here ${CMAKE_CURRENT_LIST_DIR})
file(GLOB cli_tests CONFIGURE_DEPENDS ${here}/test_*.c ${here}/*/test_*.c)
foreach(test IN LISTS cli_tests)
  get_filename_component(name ${test} NAME_WE)
  target_sources(cli_${name} PRIVATE ${here}/program.c)
  target_link_libraries(cli_${name} PRIVATE PkgConfig::jansson)
  add_dependencies(cli_${name} tesela_cli)
endforeach()

# Except these two, which look at texts alone.
target_sources(cli_test_format PRIVATE ${PROJECT_SOURCE_DIR}/src/cli/show/format.c)
foreach(name show/print show/format show/text_table arena clock fail show/progress)
  target_sources(cli_test_print PRIVATE ${PROJECT_SOURCE_DIR}/src/cli/${name}.c)
endforeach()
