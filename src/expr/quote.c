/* quote.c: names and texts as an expression writes them. */
#include "expr/quote.h"

#include <string.h>

static void put_quoted(tsl__text *text, const char *value, char quote)
{
    tsl__text_append(text, &quote, 1);
    for (const char *c = value; *c; c++) {
        tsl__text_append(text, c, 1);
        if (*c == quote) {
            tsl__text_append(text, c, 1);
        }
    }
    tsl__text_append(text, &quote, 1);
}

static int is_bare(const char *name)
{
    static const char *const words[] = {"and", "or", "not", "in", "is", "true", "false", "missing"};
    int bare = *name && !tsl__is_digit(*name);
    for (const char *c = name; *c && bare; c++) {
        const char small = tsl__lower(*c);
        bare = tsl__is_lower(small) || tsl__is_digit(*c) || *c == '_' || (unsigned char)*c >= 0x80;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words && bare; i++) {
        bare = !tsl__is_same_folded(name, words[i]);
    }
    return bare;
}

void tsl__expr_put_name(tsl__text *text, const char *name)
{
    if (is_bare(name)) {
        tsl__text_puts(text, name);
    } else {
        put_quoted(text, name, '"');
    }
}

void tsl__expr_put_text(tsl__text *text, const char *value)
{
    put_quoted(text, value, '\'');
}

void tsl__expr_put_argument(tsl__text *text, const char *expression)
{
    tsl__text_puts(text, "\"");
    for (const char *c = expression; c && *c; c++) {
        tsl__text_puts(text, strchr("\"$`\\", *c) ? "\\" : "");
        tsl__text_append(text, c, 1);
    }
    tsl__text_puts(text, "\"");
}
