/* error_store_words.c: what files and stores, options at large, files for a CRM and outputs fail with, in Chinese. */
#include "output/wording/note_wording.h"

static const tsl__note_pattern words[] = {
    {"out of memory", "内存不足"},
};

const tsl__note_patterns tsl__store_error_words = {words, sizeof words / sizeof *words};
