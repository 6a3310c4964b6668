/* error_feature_words.c: what features and labels fail with, in Chinese. */
#include "output/wording/note_wording.h"

static const tsl__note_pattern words[] = {
    {"no features", "没有特征"},
};

const tsl__note_patterns tsl__feature_error_words = {words, sizeof words / sizeof *words};
