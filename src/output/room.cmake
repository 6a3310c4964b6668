# The pages' parts, embedded as C arrays. A part is one file, or several in the order in which they are read; what is
# one script or style is one part, as the page's policy knows it by its hash.
set(report ${CMAKE_CURRENT_SOURCE_DIR}/output/report)
set(parts
  page page.html
  css style/base.css style/report.css style/paper.css
  script kit/english.js kit/chinese.js kit/words.js kit/numbers.js kit/elements.js kit/marks.js kit/pointing.js
    part/head.js part/shares.js part/cards.js part/target.js part/next.js part/moves.js part/profile.js
    part/picture.js part/value.js part/plan.js part/classes.js part/history.js part/drift.js part/succession.js
    part/evidence.js part/audit.js part/sweep.js part/tree.js part/quality.js part/analyst.js part/made.js report.js
  check check.html
  checkcss style/base.css style/check.css
  checkjs check.js)

# "name=file,file" of each: a word without a dot is a name, what follows its files.
set(assets)
set(files)
foreach(word IN LISTS parts)
  if(NOT word MATCHES "[.]")
    list(APPEND assets "${word}=")
    set(comma "")
  else()
    list(POP_BACK assets last)
    list(APPEND assets "${last}${comma}${report}/${word}")
    list(APPEND files ${report}/${word})
    set(comma ",")
  endif()
endforeach()

set(embedded ${CMAKE_CURRENT_BINARY_DIR}/output/assets.c)
add_custom_command(OUTPUT ${embedded}
  COMMAND ${CMAKE_COMMAND} "-DASSETS=${assets}" -DOUTPUT=${embedded} -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${files} ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed.cmake
  COMMENT "Embedding the report page"
  VERBATIM)
target_sources(tesela_output PRIVATE ${embedded})
