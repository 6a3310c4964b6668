# Fresh folders, as the tests of the store have them.
foreach(name dirty memory scenario_write)
  target_sources(synth_test_${name} PRIVATE ${CMAKE_CURRENT_LIST_DIR}/../store/scratch.c)
endforeach()
