# Every feature of the real data sets, and of tables that are made to be counted, computed again by pandas; but what
# models of purchases and spend expect, which tests/value and tests/cli/test_value.c hold against published figures.
set(reference ${python} ${CMAKE_CURRENT_LIST_DIR}/features_reference.py)
set(data ${PROJECT_SOURCE_DIR}/datasets)
set(out ${PROJECT_BINARY_DIR}/tests/reference)
file(MAKE_DIRECTORY ${out})
file(GLOB sales ${data}/adventureworks/AdventureWorks_Sales_*.csv)

add_test(NAME reference/retail-features COMMAND tesela_cli features --quiet --force --no-value-models
  --transactions ${data}/online-retail/online_retail_lines.csv.xz --output ${out}/retail.h5)
add_test(NAME reference/retail COMMAND ${reference} ${out}/retail.h5 retail
  ${data}/online-retail/online_retail_lines.csv.xz)
add_test(NAME reference/adventureworks-features COMMAND tesela_cli features --quiet --force --no-value-models
  --config ${data}/adventureworks/adventureworks.yaml --customers ${data}/adventureworks/AdventureWorks_Customers.csv
  --transactions ${sales} --output ${out}/adventureworks.h5)
add_test(NAME reference/adventureworks COMMAND ${reference} ${out}/adventureworks.h5 adventureworks
  ${data}/adventureworks/AdventureWorks_Customers.csv ${data}/adventureworks/AdventureWorks_Products.csv ${sales})
foreach(name retail adventureworks)
  set_tests_properties(reference/${name}-features PROPERTIES FIXTURES_SETUP ${name} LABELS reference)
  set_tests_properties(reference/${name} PROPERTIES FIXTURES_REQUIRED "${name};python" LABELS reference TIMEOUT 600
    SKIP_RETURN_CODE 77)
endforeach()

# Every stage of the lifecycle by gaps, and the risk by silences, by walking each customer from day to day. What may not be shipped is looked for.
set(stages ${python} ${CMAKE_CURRENT_LIST_DIR}/stages_reference.py)
add_test(NAME reference/retail-labels COMMAND tesela_cli run --quiet --force --no-value-models --holdout 0 --evidence none
  --transactions ${data}/online-retail/online_retail_lines.csv.xz --output ${out}/retail)
add_test(NAME reference/retail-stages COMMAND ${stages} ${out}/retail/segments.csv 2011-12-10 retail
  ${data}/online-retail/online_retail_lines.csv.xz)
add_test(NAME reference/adventureworks-labels COMMAND tesela_cli run --quiet --force --no-value-models --holdout 0 --evidence none
  --config ${data}/adventureworks/adventureworks.yaml --customers ${data}/adventureworks/AdventureWorks_Customers.csv
  --transactions ${sales} --output ${out}/adventureworks)
add_test(NAME reference/adventureworks-stages COMMAND ${stages} ${out}/adventureworks/segments.csv 2019-07-01
  adventureworks ${data}/adventureworks/AdventureWorks_Customers.csv ${data}/adventureworks/AdventureWorks_Products.csv
  ${sales})
add_test(NAME reference/cdnow-labels COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/cdnow_labels.sh $<TARGET_FILE:tesela_cli>
  ${out}/cdnow)
add_test(NAME reference/cdnow-stages COMMAND sh -c "[ -e ${out}/cdnow/lines.csv ] || exit 77; exec \"$@\"" sh
  ${stages} ${out}/cdnow/run/segments.csv 1998-07-01 lines ${out}/cdnow/lines.csv)
foreach(of retail adventureworks cdnow)
  set_tests_properties(reference/${of}-labels PROPERTIES FIXTURES_SETUP ${of}-labels LABELS reference
    SKIP_RETURN_CODE 77)
  set_tests_properties(reference/${of}-stages PROPERTIES FIXTURES_REQUIRED "${of}-labels;python" LABELS reference
    TIMEOUT 600 SKIP_RETURN_CODE 77)
endforeach()

# Every column of segments.csv: a first run by models and by gaps alone, its model applied a month later, and segments
# that went on.
set(labels sh ${CMAKE_CURRENT_LIST_DIR}/labels.sh $<TARGET_FILE:tesela_cli>)
set(find_labels ${python} ${CMAKE_CURRENT_LIST_DIR}/labels_reference.py)
set(retail_files retail ${data}/online-retail/online_retail_lines.csv.xz)
set(adventureworks_files adventureworks ${data}/adventureworks/AdventureWorks_Customers.csv
  ${data}/adventureworks/AdventureWorks_Products.csv ${sales})
set(cdnow_files lines ${out}/cdnow/lines.csv)
add_test(NAME reference/retail-runs COMMAND ${labels} ${out}/labels-retail 2011-10-31 2011-11-30 none
  --transactions ${data}/online-retail/online_retail_lines.csv.xz)
add_test(NAME reference/adventureworks-runs COMMAND ${labels} ${out}/labels-adventureworks 2019-05-31 2019-06-30
  ${data}/adventureworks/adventureworks.yaml --customers ${data}/adventureworks/AdventureWorks_Customers.csv
  --transactions ${sales})
add_test(NAME reference/cdnow-runs COMMAND ${labels} ${out}/labels-cdnow 1998-05-31 1998-06-30 none
  --transactions ${out}/cdnow/lines.csv)
foreach(of retail adventureworks cdnow)
  set_tests_properties(reference/${of}-runs PROPERTIES FIXTURES_SETUP ${of}-runs LABELS reference SKIP_RETURN_CODE 77
    TIMEOUT 900)
  foreach(which then gaps after evolved)
    set(words)
    if(NOT which MATCHES "then|gaps")
      set(words ${which} ${out}/labels-${of}/then)
    endif()
    add_test(NAME reference/${of}-${which} COMMAND sh -c "[ -e ${out}/labels-${of} ] || exit 77; exec \"$@\"" sh
      ${find_labels} ${out}/labels-${of}/${which} ${words} ${${of}_files})
    set_tests_properties(reference/${of}-${which} PROPERTIES FIXTURES_REQUIRED "${of}-runs;python" LABELS reference
      TIMEOUT 600 SKIP_RETURN_CODE 77)
  endforeach()
endforeach()
set_tests_properties(reference/cdnow-runs PROPERTIES FIXTURES_REQUIRED cdnow-labels)

# What the models of purchases say of each history.
add_test(NAME reference/values COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/values.sh $<TARGET_FILE:tesela_cli> ${out}/values
  ${data}/cdnow/histories_39_weeks.csv ${data}/online-retail/online_retail_lines.csv.xz ${python})
set_tests_properties(reference/values PROPERTIES FIXTURES_REQUIRED python LABELS reference TIMEOUT 900
  SKIP_RETURN_CODE 77)

# Lines of the user's own, and a condition.
add_test(NAME reference/own-features COMMAND tesela_cli features --quiet --force --no-value-models
  --config ${CMAKE_CURRENT_LIST_DIR}/own_features.yaml
  --transactions ${data}/online-retail/online_retail_lines.csv.xz --output ${out}/own.h5)
set_tests_properties(reference/own-features PROPERTIES FIXTURES_SETUP own LABELS reference)
add_test(NAME reference/own COMMAND ${python} ${CMAKE_CURRENT_LIST_DIR}/own_features_reference.py ${out}/own.h5
  ${data}/online-retail/online_retail_lines.csv.xz)
set_tests_properties(reference/own PROPERTIES FIXTURES_REQUIRED "own;python" LABELS reference TIMEOUT 600
  SKIP_RETURN_CODE 77)

# Rule sets and strategies of three real data sets.
set(rules sh ${CMAKE_CURRENT_LIST_DIR}/rules.sh $<TARGET_FILE:tesela_cli>)
set(docs ${PROJECT_SOURCE_DIR}/docs)
add_test(NAME reference/rules-retail COMMAND ${rules} ${out}/rules-retail ${docs}
  --transactions ${data}/online-retail/online_retail_lines.csv.xz -- ${python})
add_test(NAME reference/rules-adventureworks COMMAND ${rules} ${out}/rules-adventureworks ${docs}
  --config ${data}/adventureworks/adventureworks.yaml --customers ${data}/adventureworks/AdventureWorks_Customers.csv
  --transactions ${sales} -- ${python})
add_test(NAME reference/rules-cdnow COMMAND ${rules} ${out}/rules-cdnow ${docs}
  --transactions data:CDNOW_master.txt -- ${python})
foreach(name retail adventureworks cdnow)
  set_tests_properties(reference/rules-${name} PROPERTIES FIXTURES_REQUIRED python LABELS reference TIMEOUT 600
    SKIP_RETURN_CODE 77)
endforeach()

# 200,000 lines, customers and interactions with all that makes counting hard: the tables, their features, the reference.
set(made ${out}/made)
set(features ${python} ${CMAKE_CURRENT_LIST_DIR}/features_reference.py)
set(made_config ${CMAKE_CURRENT_LIST_DIR}/made.yaml)
add_test(NAME reference/made-tables COMMAND ${python} ${CMAKE_CURRENT_LIST_DIR}/made_tables.py ${made})
set_tests_properties(reference/made-tables PROPERTIES FIXTURES_SETUP made-tables FIXTURES_REQUIRED python LABELS reference
  SKIP_RETURN_CODE 77 TIMEOUT 600)
set(if_made sh -c "[ -e ${made}/transactions.csv ] && exec \"$@\" || exit 77" sh $<TARGET_FILE:tesela_cli>)
foreach(which interactions scoreless)
  add_test(NAME reference/${which}-features COMMAND ${if_made} features --quiet --force --no-value-models --config ${made_config}
    --customers ${made}/customers.csv --transactions ${made}/transactions.csv --interactions ${made}/${which}.csv
    --output ${out}/${which}.h5)
endforeach()
add_test(NAME reference/transactions-features COMMAND ${if_made} features --quiet --force --no-value-models
  --transactions ${made}/transactions.csv --output ${out}/transactions.h5)
foreach(which interactions scoreless transactions)
  add_test(NAME reference/${which} COMMAND ${features} ${out}/${which}.h5 made ${made} ${which})
  set_tests_properties(reference/${which}-features PROPERTIES FIXTURES_REQUIRED made-tables FIXTURES_SETUP ${which}
    LABELS reference SKIP_RETURN_CODE 77)
  set_tests_properties(reference/${which} PROPERTIES FIXTURES_REQUIRED "${which};made-tables;python" LABELS reference
    TIMEOUT 600 SKIP_RETURN_CODE 77)
endforeach()

# The normalised vectors, of what stands in X.
foreach(of retail adventureworks interactions scoreless transactions)
  add_test(NAME reference/vectors-${of} COMMAND ${python} ${CMAKE_CURRENT_LIST_DIR}/vectors_reference.py ${out}/${of}.h5)
  set_tests_properties(reference/vectors-${of} PROPERTIES FIXTURES_REQUIRED "${of};python" LABELS reference TIMEOUT 600
    SKIP_RETURN_CODE 77)
endforeach()

# The same bytes for any number of threads, order of rows and files, and, by night, from another compiler.
set(same sh ${CMAKE_CURRENT_LIST_DIR}/same_bytes.sh $<TARGET_FILE:tesela_cli> ${made} ${made_config})
add_test(NAME reference/same-bytes COMMAND ${same} ${out}/same)
set_tests_properties(reference/same-bytes PROPERTIES FIXTURES_REQUIRED made-tables LABELS reference TIMEOUT 900
  SKIP_RETURN_CODE 77)
set(other clang)
if(CMAKE_C_COMPILER_ID MATCHES Clang)
  set(other gcc)
endif()
add_test(NAME reference/other-compiler COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/other_compiler.sh ${PROJECT_SOURCE_DIR}
  ${out}/other-compiler ${other})
add_test(NAME reference/same-bytes-nightly COMMAND ${same} ${out}/same-nightly ${out}/other-compiler/tesela)
set_tests_properties(reference/other-compiler PROPERTIES FIXTURES_SETUP other-compiler LABELS "reference;nightly"
  TIMEOUT 3600 SKIP_RETURN_CODE 77 COST 100)
set_tests_properties(reference/same-bytes-nightly PROPERTIES FIXTURES_REQUIRED "made-tables;other-compiler"
  LABELS "reference;nightly" TIMEOUT 600 SKIP_RETURN_CODE 77)

# Value tiers and the score.
set(tiers sh ${CMAKE_CURRENT_LIST_DIR}/tiers.sh $<TARGET_FILE:tesela_cli>)
foreach(of retail adventureworks)
  add_test(NAME reference/tiers-${of} COMMAND ${tiers} ${out}/${of}.h5 ${out}/tiers-${of} ${python})
  set_tests_properties(reference/tiers-${of} PROPERTIES FIXTURES_REQUIRED "${of};python")
endforeach()
add_test(NAME reference/tiers-cdnow COMMAND sh -c "[ -e ${out}/labels-cdnow ] || exit 77; exec \"$@\"" sh
  ${tiers} ${out}/labels-cdnow/then/features.h5 ${out}/tiers-cdnow ${python})
set_tests_properties(reference/tiers-cdnow PROPERTIES FIXTURES_REQUIRED "cdnow-runs;python")
foreach(of retail adventureworks cdnow)
  set_tests_properties(reference/tiers-${of} PROPERTIES LABELS reference TIMEOUT 600 SKIP_RETURN_CODE 77)
endforeach()
# Two runs of a real shop compared, and counted again.
add_test(NAME reference/compare COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/compare.sh $<TARGET_FILE:tesela_cli>
  ${PROJECT_SOURCE_DIR} ${out}/compare ${python})
set_tests_properties(reference/compare PROPERTIES FIXTURES_REQUIRED python LABELS reference TIMEOUT 900
  SKIP_RETURN_CODE 77)
