# The report page's parts, embedded as C arrays: our own from report/, Chart.js
# from the system.
find_file(TESELA_CHARTJS NAMES chart.min.js Chart.min.js
  PATHS /usr/share/javascript/chart.js /usr/share/nodejs/chart.js/dist NO_DEFAULT_PATH
  DOC "Chart.js 3, one minified file (Debian: libjs-chart.js)")
if(NOT TESELA_CHARTJS)
  message(FATAL_ERROR "chart.min.js was not found: install Debian's libjs-chart.js, or say where it is with "
    "-DTESELA_CHARTJS=/path/to/chart.min.js (version 3)")
endif()

set(assets)
foreach(asset page=page.html css=report.css notice=notice.txt strings=strings.js parts=parts.js charts=charts.js
    drift=drift.js evidence=evidence.js target=target.js succession=succession.js report=report.js
    check=check.html checkjs=check.js)
  string(REPLACE "=" ";" pair ${asset})
  list(GET pair 0 name)
  list(GET pair 1 file)
  list(APPEND assets ${name}=${CMAKE_CURRENT_SOURCE_DIR}/output/report/${file})
endforeach()
list(APPEND assets chart=${TESELA_CHARTJS})
list(TRANSFORM assets REPLACE "^[a-z]+=" "" OUTPUT_VARIABLE files)

set(embedded ${CMAKE_CURRENT_BINARY_DIR}/output/assets.c)
add_custom_command(OUTPUT ${embedded}
  COMMAND ${CMAKE_COMMAND} "-DASSETS=${assets}" -DOUTPUT=${embedded} -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${files} ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed.cmake
  COMMENT "Embedding the report page"
  VERBATIM)
target_sources(tesela_output PRIVATE ${embedded})
