# Folders of runs that are made by hand, in a fresh folder each; lists and manifests are JSON.
foreach(test IN LISTS sources)
  if(test MATCHES "/crm/test_([a-z_]+)[.]c$")
    target_sources(crm_test_${CMAKE_MATCH_1} PRIVATE ${CMAKE_CURRENT_LIST_DIR}/../store/scratch.c)
    target_link_libraries(crm_test_${CMAKE_MATCH_1} PRIVATE PkgConfig::jansson)
  endif()
endforeach()

# Every cell and every rule of the targets, by other programs.
set(check_crm ${python} ${CMAKE_CURRENT_LIST_DIR}/check_crm.py $<TARGET_FILE:tesela_cli> ${PROJECT_BINARY_DIR}/tests)
add_test(NAME crm/check COMMAND ${check_crm}/crm-check)
add_test(NAME crm/check-nightly COMMAND ${check_crm}/crm-check-nightly nightly)
set_tests_properties(crm/check PROPERTIES LABELS crm TIMEOUT 900)
set_tests_properties(crm/check-nightly PROPERTIES LABELS "crm;nightly" TIMEOUT 1200)
set_tests_properties(crm/check crm/check-nightly PROPERTIES FIXTURES_REQUIRED python SKIP_RETURN_CODE 77)
