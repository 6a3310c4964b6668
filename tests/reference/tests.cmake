# Every feature of the real data sets, computed again by pandas.
set(reference ${python} ${CMAKE_CURRENT_LIST_DIR}/features_reference.py)
set(data ${PROJECT_SOURCE_DIR}/datasets)
set(out ${PROJECT_BINARY_DIR}/tests/reference)
file(MAKE_DIRECTORY ${out})
file(GLOB sales ${data}/adventureworks/AdventureWorks_Sales_*.csv)

add_test(NAME reference/retail-features COMMAND tesela_cli features --quiet --force
  --transactions ${data}/online-retail/online_retail_lines.csv.xz --output ${out}/retail.h5)
add_test(NAME reference/retail COMMAND ${reference} ${out}/retail.h5 retail
  ${data}/online-retail/online_retail_lines.csv.xz)
add_test(NAME reference/adventureworks-features COMMAND tesela_cli features --quiet --force
  --config ${data}/adventureworks/adventureworks.yaml --customers ${data}/adventureworks/AdventureWorks_Customers.csv
  --transactions ${sales} --output ${out}/adventureworks.h5)
add_test(NAME reference/adventureworks COMMAND ${reference} ${out}/adventureworks.h5 adventureworks
  ${data}/adventureworks/AdventureWorks_Customers.csv ${data}/adventureworks/AdventureWorks_Products.csv ${sales})
foreach(name retail adventureworks)
  set_tests_properties(reference/${name}-features PROPERTIES FIXTURES_SETUP ${name} LABELS reference)
  set_tests_properties(reference/${name} PROPERTIES FIXTURES_REQUIRED "${name};python" LABELS reference TIMEOUT 600
    SKIP_RETURN_CODE 77)
endforeach()

# Lines of the user's own, and a condition.
add_test(NAME reference/own-features COMMAND tesela_cli features --quiet --force
  --config ${CMAKE_CURRENT_LIST_DIR}/own_features.yaml
  --transactions ${data}/online-retail/online_retail_lines.csv.xz --output ${out}/own.h5)
set_tests_properties(reference/own-features PROPERTIES FIXTURES_SETUP own LABELS reference)
add_test(NAME reference/own COMMAND ${python} ${CMAKE_CURRENT_LIST_DIR}/own_features_reference.py ${out}/own.h5
  ${data}/online-retail/online_retail_lines.csv.xz)
set_tests_properties(reference/own PROPERTIES FIXTURES_REQUIRED "own;python" LABELS reference TIMEOUT 600
  SKIP_RETURN_CODE 77)
