/* error_cli_words.c: what the command line says of what it was asked, in Chinese. */
#include "output/wording/note_wording.h"

static const tsl__note_pattern words[] = {
    {"no command", "没有命令"},
};

const tsl__note_patterns tsl__cli_error_words = {words, sizeof words / sizeof *words};
