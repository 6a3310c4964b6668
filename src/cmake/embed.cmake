# cmake -DASSETS="name=file,file;..." -DOUTPUT=assets.c -P embed.cmake: files as C
# arrays, in one table of the type tsl__asset (src/output/report/assets.h).
set(arrays "")
set(table "")
foreach(asset IN LISTS ASSETS)
  string(REGEX MATCH "^([a-z]+)=(.+)$" matched "${asset}")
  set(name ${CMAKE_MATCH_1})
  string(REPLACE "," ";" files "${CMAKE_MATCH_2}")
  set(bytes "")
  foreach(file IN LISTS files)
    file(READ "${file}" more HEX)
    string(APPEND bytes "${more}")
  endforeach()
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "((0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,))" "\\1\n" bytes "${bytes}")
  string(APPEND arrays "static const unsigned char ${name}_bytes[] = {\n${bytes}\n};\n")
  string(APPEND table "    {\"${name}\", ${name}_bytes, sizeof ${name}_bytes},\n")
endforeach()
file(WRITE "${OUTPUT}" "/* assets.c: made by embed.cmake. */
#include \"output/report/assets.h\"

${arrays}
const tsl__asset tsl__assets[] = {
${table}};
const size_t tsl__asset_count = sizeof tsl__assets / sizeof tsl__assets[0];
")
