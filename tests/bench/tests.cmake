# The benches that drive the whole program, in small: that they run, and print what they promise.
set(here ${CMAKE_CURRENT_LIST_DIR})
if(TESELA_BENCH)
  add_test(NAME bench/assign COMMAND sh ${here}/prints.sh reading assign ratio -- $<TARGET_FILE:bench_assign> 2000 1
    ${PROJECT_BINARY_DIR}/tests/bench-assign)
  add_test(NAME bench/outputs COMMAND sh ${here}/prints.sh features.h5 model.h5 segments.csv labels.csv clusters.csv
    rejects.csv summary.json report.html -- sh ${PROJECT_SOURCE_DIR}/bench/outputs.sh 300 1)
  add_test(NAME bench/evaluate COMMAND sh ${here}/prints.sh internal sums external -- $<TARGET_FILE:bench_evaluate> 3000 4 3
    1)
  add_test(NAME bench/value COMMAND sh ${here}/prints.sh nbd bg-nbd mbg-nbd pareto-nbd gamma-gamma all choice default --
    $<TARGET_FILE:bench_value>
    cdnow ${PROJECT_SOURCE_DIR}/datasets/cdnow 2)
  add_test(NAME bench/value-covariates COMMAND sh ${here}/prints.sh without bg-nbd columns without mbg-nbd columns
    without pareto-nbd columns --
    $<TARGET_FILE:bench_value> covariates 2000)
  set_tests_properties(bench/outputs PROPERTIES ENVIRONMENT TESELA_BUILD=${PROJECT_BINARY_DIR})
  # It fails by itself where the test of natural groups errs more often than it may.
  add_test(NAME bench/natural COMMAND bench_natural few)
  add_test(NAME bench/natural-nightly COMMAND bench_natural alone)
  set_tests_properties(bench/natural PROPERTIES LABELS bench TIMEOUT 120)
  set_tests_properties(bench/natural-nightly PROPERTIES LABELS "bench;nightly" TIMEOUT 600)
  set_tests_properties(bench/assign bench/evaluate bench/outputs bench/value bench/value-covariates PROPERTIES LABELS bench TIMEOUT 120)
  # The sets, the table and the scores of others in the bench of clusters.
  add_test(NAME bench/quality-by-hand COMMAND ${python} ${here}/quality_by_hand.py ${PROJECT_BINARY_DIR})
  set_tests_properties(bench/quality-by-hand PROPERTIES LABELS bench TIMEOUT 120 FIXTURES_REQUIRED python
    SKIP_RETURN_CODE 77)
endif()

# The measures of useful segments and the reference of the anchors: by hand, and on real tables against what is known of them.
set(useful ${python} -B ${PROJECT_SOURCE_DIR}/bench/useful/useful.py check $<TARGET_FILE:tesela_cli>
  ${PROJECT_BINARY_DIR}/tests)
add_test(NAME bench/useful-by-hand COMMAND ${python} ${here}/useful_by_hand.py)
add_test(NAME bench/useful COMMAND ${useful}/bench-useful adventureworks rfm)
add_test(NAME bench/useful-nightly COMMAND ${useful}/bench-useful-nightly)
set_tests_properties(bench/useful-by-hand bench/useful PROPERTIES LABELS bench)
set_tests_properties(bench/useful-nightly PROPERTIES LABELS "bench;nightly")
set_tests_properties(bench/useful-by-hand bench/useful bench/useful-nightly PROPERTIES TIMEOUT 900
  FIXTURES_REQUIRED python SKIP_RETURN_CODE 77)
