/* blanks.c: text whose fields are divided by blanks. */
#include "table/text/blanks.h"

#include <string.h>

#include "table/text/translator.h"

#define LINES_LOOKED_AT 100
#define LEAST_FIELDS 3 /* of two, a text of two words or a time behind its date are more likely */

/* Takes a character that stands in a line; how many it becomes at to, two at most. */
static size_t take(tsl__blanks *b, char c, char *to)
{
    size_t count = 0;
    if (b->at == TSL__BLANKS_QUOTED) {
        if (c == '"') {
            b->at = TSL__BLANKS_CLOSED;
            return 0;
        }
    } else if (c == ' ') {
        b->at = TSL__BLANKS_GAP;
        return 0;
    } else if (b->at == TSL__BLANKS_GAP) {
        if (b->fields) {
            to[count++] = TSL__PACKED_FIELD;
        }
        b->fields = 1;
        b->at = c == '"' ? TSL__BLANKS_QUOTED : TSL__BLANKS_FIELD;
        if (c == '"') {
            return count;
        }
    } else if (b->at == TSL__BLANKS_CLOSED) {
        b->at = c == '"' ? TSL__BLANKS_QUOTED : TSL__BLANKS_FIELD;
        c = c == '"' ? c : TSL__BAD_BYTE;
    }
    to[count++] = c == TSL__PACKED_FIELD || c == TSL__PACKED_RECORD ? TSL__BAD_BYTE : c;
    return count;
}

size_t tsl__blanks_pack(tsl__blanks *b, const char *text, size_t n, char *to)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const char c = text[i];
        const int goes_on = b->ended && c == '\n';
        b->ended = c == '\r';
        if (goes_on) {
            continue;
        }
        if (c != '\n' && c != '\r') {
            count += take(b, c, to + count);
            continue;
        }
        if (b->at == TSL__BLANKS_QUOTED) {
            to[count++] = TSL__BAD_BYTE;
        }
        to[count++] = TSL__PACKED_RECORD;
        b->at = TSL__BLANKS_GAP;
        b->fields = 0;
    }
    return count;
}

/* The fields of a line; 0: it holds what else may divide it, or is spoilt. */
static size_t count_fields(const char *line, size_t n)
{
    tsl__blanks b = {.fields = 0};
    size_t fields = 0;
    char to[2];
    for (size_t i = 0; i < n; i++) {
        const size_t made = strchr(",;\t|", line[i]) ? SIZE_MAX : take(&b, line[i], to);
        if (made == SIZE_MAX || (made && to[made - 1] == TSL__BAD_BYTE)) {
            return 0;
        }
        fields += (made && to[0] == TSL__PACKED_FIELD) || (b.fields && !fields);
    }
    return b.at == TSL__BLANKS_QUOTED ? 0 : fields;
}

static int is_blank(const char *line, size_t n)
{
    while (n > 0 && line[n - 1] == ' ') {
        n--;
    }
    return n == 0;
}

int tsl__blanks_find(const char *text, size_t n, int whole, int *unnamed)
{
    size_t lines = 0, first = 0, others = 0;
    for (size_t i = 0, end; i < n && lines < LINES_LOOKED_AT; i = end + 1) {
        for (end = i; end < n && text[end] != '\n' && text[end] != '\r';) {
            end++;
        }
        if (end == n && !whole) {
            break;
        }
        if (is_blank(text + i, end - i)) {
            continue;
        }
        const size_t fields = count_fields(text + i, end - i);
        if (!fields || (lines > 1 && fields != others)) {
            return 0;
        }
        first = lines == 0 ? fields : first;
        others = fields;
        lines++;
    }
    *unnamed = first + 1 == others;
    return lines > 1 && others >= LEAST_FIELDS && (first == others || *unnamed);
}
