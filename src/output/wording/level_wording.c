/* level_wording.c: when a level of a category stands in quotes. */
#include "output/wording/level_wording.h"

#include <string.h>
#include <tesela/output.h>

/* What a level is not told from: anywhere in it, at its begin, alone, and in a list. */
typedef struct level_joints {
    const char *within[5], *first, *alone[2], *listed[2];
} level_joints;

static const level_joints languages[TSL_LANGS] = {
    {{" and ", "; or ", " or unknown", ", or unknown", " is "}, " not ", {" known ", " unknown "}, {" or ", ", "}},
    {{" 且 ", "；或 ", " 或未知", "，或未知", " 为 "}, " 不为 ", {" 已知 ", " 未知 "}, {"、", "，"}},
};

static int holds_any(const char *padded, const char *const *joint, size_t count)
{
    size_t i = 0;
    while (i < count && !strstr(padded, joint[i])) {
        i++;
    }
    return i < count;
}

/* The level in lower case, with a blank on either side. */
static int reads_as_more(const char *padded, const level_joints *joints, int listed)
{
    return padded[1] == '"' || holds_any(padded, joints->within, 5) || strcmp(padded, joints->alone[0]) == 0 ||
           strcmp(padded, joints->alone[1]) == 0 || strncmp(padded, joints->first, strlen(joints->first)) == 0 ||
           (listed && holds_any(padded, joints->listed, 2));
}

void tsl__level_write(const char *level, int lang, int listed, tsl__text *text)
{
    tsl__text padded = {0};
    tsl__text_printf(&padded, " %s ", level);
    for (size_t i = 0; i < padded.length; i++) {
        padded.data[i] = tsl__lower(padded.data[i]);
    }
    if (!padded.failed && !reads_as_more(padded.data, &languages[lang], listed)) {
        tsl__text_puts(text, level);
    } else {
        tsl__text_puts(text, "\"");
        for (const char *c = level; *c; c++) {
            tsl__text_append(text, "\"\"", *c == '"' ? 2 : 0);
            tsl__text_append(text, c, *c != '"');
        }
        tsl__text_puts(text, "\"");
    }
    text->failed |= padded.failed;
    tsl__text_free(&padded);
}
