/* error_table_words.c: what tables, and what is read out of them, fail with, in Chinese. */
#include "output/wording/note_wording.h"

static const tsl__note_pattern words[] = {
    {"is no table", "不是表格"},
};

const tsl__note_patterns tsl__table_error_words = {words, sizeof words / sizeof *words};
