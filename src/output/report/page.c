/* page.c: a page that needs nothing besides itself: a template with its parts and a document put in. */
#include "output/report/page.h"

#include <string.h>

#include "output/report/assets.h"

/* JSON as it may stand inside <script>: no character that HTML or an older
 * JavaScript reads in its own way. They occur inside JSON's texts only, where
 * the escape means the same. */
static void put_json(tsl__text *page, const char *json)
{
    static const struct {
        const char *from, *to;
    } escapes[] = {
        {"<", "\\u003c"}, {">", "\\u003e"}, {"&", "\\u0026"}, {"\xE2\x80\xA8", "\\u2028"}, {"\xE2\x80\xA9", "\\u2029"}};
    while (*json) {
        size_t plain = strcspn(json, "<>&\xE2");
        tsl__text_append(page, json, plain);
        json += plain;
        size_t skip = *json != '\0';
        const char *instead = json;
        size_t length = skip;
        for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
            if (strncmp(json, escapes[i].from, strlen(escapes[i].from)) == 0) {
                skip = strlen(escapes[i].from);
                instead = escapes[i].to;
                length = strlen(instead);
            }
        }
        tsl__text_append(page, instead, length);
        json += skip;
    }
}

static const tsl__asset *get_asset(const char *name, size_t length)
{
    for (size_t i = 0; i < tsl__asset_count; i++) {
        if (strlen(tsl__assets[i].name) == length && memcmp(tsl__assets[i].name, name, length) == 0) {
            return &tsl__assets[i];
        }
    }
    return NULL;
}

/* What stands for a {{name}} of the template. */
static void put_mark(tsl__text *page, const char *name, size_t length, const char *json, const char *lang)
{
    const tsl__asset *asset = get_asset(name, length);
    if (asset) {
        tsl__text_append(page, (const char *)asset->bytes, asset->count);
    } else if (length == strlen("lang") && memcmp(name, "lang", length) == 0) {
        tsl__text_puts(page, lang);
    } else {
        put_json(page, json); /* {{summary}} */
    }
}

void tsl__page_put(tsl__text *page, const char *name, const char *json, const char *lang)
{
    const tsl__asset *template = get_asset(name, strlen(name));
    const char *at = (const char *)template->bytes, *end = at + template->count, *mark;
    while ((mark = memmem(at, (size_t)(end - at), "{{", 2))) {
        const char *close = memmem(mark, (size_t)(end - mark), "}}", 2);
        tsl__text_append(page, at, (size_t)(mark - at));
        put_mark(page, mark + 2, (size_t)(close - mark - 2), json, lang);
        at = close + 2;
    }
    tsl__text_append(page, at, (size_t)(end - at));
}
