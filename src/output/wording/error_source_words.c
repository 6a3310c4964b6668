/* error_source_words.c: what files are read as tables with: text, encodings, workbooks, cells, in Chinese. */
#include "output/wording/note_wording.h"

static const tsl__note_pattern words[] = {
    {"is no text", "不是文本"},
};

const tsl__note_patterns tsl__source_error_words = {words, sizeof words / sizeof *words};
