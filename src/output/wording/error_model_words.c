/* error_model_words.c: what models and values fail with, in Chinese. */
#include "output/wording/note_wording.h"

static const tsl__note_pattern words[] = {
    {"no model", "没有模型"},
};

const tsl__note_patterns tsl__model_error_words = {words, sizeof words / sizeof *words};
