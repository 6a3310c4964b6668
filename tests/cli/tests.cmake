# Every test here drives the finished program.
set(here ${CMAKE_CURRENT_LIST_DIR})
file(GLOB cli_tests CONFIGURE_DEPENDS ${here}/test_*.c ${here}/*/test_*.c)
foreach(test IN LISTS cli_tests)
  get_filename_component(name ${test} NAME_WE)
  target_sources(cli_${name} PRIVATE ${here}/program.c)
  target_link_libraries(cli_${name} PRIVATE PkgConfig::jansson)
  add_dependencies(cli_${name} tesela_cli)
endforeach()

add_dependencies(cli_test_apply tesela_generate)

# Except these, which look at parts of it alone.
target_sources(cli_test_format PRIVATE ${PROJECT_SOURCE_DIR}/src/cli/show/format.c)
foreach(name show/print show/format show/text_table arena clock fail show/progress)
  target_sources(cli_test_print PRIVATE ${PROJECT_SOURCE_DIR}/src/cli/${name}.c)
endforeach()
foreach(name show/show_summary show/print show/format show/text_table show/progress job files inputs interrupt arena clock fail
    ask/settings ask/params ask/param_ranges ask/param_values ask/tier_values)
  target_sources(cli_test_damaged_summary PRIVATE ${PROJECT_SOURCE_DIR}/src/cli/${name}.c)
endforeach()
foreach(name ask/params ask/param_ranges ask/param_values ask/tier_values ask/settings arena fail)
  foreach(test params param_ranges)
    target_sources(cli_test_${test} PRIVATE ${PROJECT_SOURCE_DIR}/src/cli/${name}.c)
  endforeach()
endforeach()
foreach(name ask/yaml arena fail)
  target_sources(cli_test_yaml PRIVATE ${PROJECT_SOURCE_DIR}/src/cli/${name}.c)
endforeach()
target_link_libraries(cli_test_yaml PRIVATE PkgConfig::libfyaml)

# The pages that the program prints for others to read.
add_test(NAME cli/man COMMAND sh ${here}/show/man.sh ${PROJECT_BINARY_DIR}/pages/man ${PROJECT_SOURCE_DIR})
foreach(script bash=tesela zsh=_tesela fish=tesela.fish)
  string(REPLACE "=" ";" pair ${script})
  list(GET pair 0 shell)
  list(GET pair 1 file)
  add_test(NAME cli/complete_${shell}
    COMMAND sh ${here}/show/complete.sh ${shell} ${PROJECT_BINARY_DIR}/pages/completion/${file})
  list(APPEND page_tests cli/complete_${shell})
endforeach()
set_tests_properties(cli/man ${page_tests} PROPERTIES LABELS cli TIMEOUT 300 SKIP_RETURN_CODE 77)
