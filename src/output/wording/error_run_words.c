/* error_run_words.c: what runs, models and values fail with, in Chinese. */
#include "output/wording/note_wording.h"

static const tsl__note_pattern words[] = {
    {"no run", "没有运行"},
};

const tsl__note_patterns tsl__run_error_words = {words, sizeof words / sizeof *words};
