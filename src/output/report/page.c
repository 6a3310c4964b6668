/* page.c: a page that needs nothing besides itself: a template with its parts and a document put in. */
#include "output/report/page.h"

#include <string.h>

#include "base/base64.h"
#include "base/hash.h"
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

/* What the page's policy knows a script or a style by: no other runs. */
static void put_hash(tsl__text *page, const tsl__asset *asset)
{
    unsigned char digest[32];
    char hex[65];
    tsl__sha256 *hash = tsl__sha256_open();
    if (!hash || tsl__sha256_add(hash, asset->bytes, asset->count) || tsl__sha256_close(hash, hex)) {
        page->failed = 1;
        return;
    }
    for (size_t i = 0; i < sizeof digest; i++) {
        static const char digits[] = "0123456789abcdef";
        digest[i] =
            (unsigned char)((strchr(digits, hex[2 * i]) - digits) << 4 | (strchr(digits, hex[2 * i + 1]) - digits));
    }
    tsl__text_puts(page, "'sha256-");
    tsl__base64_put(page, digest, sizeof digest);
    tsl__text_puts(page, "'");
}

typedef struct filling {
    const tsl__page_document *document;
    size_t count;
    const char *lang;
} filling;

static int is_named(const char *name, size_t length, const char *what)
{
    return strlen(what) == length && memcmp(name, what, length) == 0;
}

/* What stands for a {{name}} of the template. */
static void put_mark(tsl__text *page, const char *name, size_t length, const filling *by)
{
    static const char hash[] = "hash ";
    const size_t hashed = length > strlen(hash) && memcmp(name, hash, strlen(hash)) == 0 ? strlen(hash) : 0;
    const tsl__asset *asset = get_asset(name + hashed, length - hashed);
    if (asset && hashed) {
        put_hash(page, asset);
    } else if (asset) {
        tsl__text_append(page, (const char *)asset->bytes, asset->count);
    } else if (is_named(name, length, "lang")) {
        tsl__text_puts(page, by->lang);
    }
    for (size_t i = 0; i < by->count; i++) {
        if (is_named(name, length, by->document[i].name)) {
            put_json(page, by->document[i].json);
        }
    }
}

void tsl__page_put(tsl__text *page, const char *name, const tsl__page_document *document, size_t count,
                   const char *lang)
{
    const filling by = {document, count, lang};
    const tsl__asset *template = get_asset(name, strlen(name));
    const char *at = (const char *)template->bytes, *end = at + template->count, *mark;
    while ((mark = memmem(at, (size_t)(end - at), "{{", 2))) {
        const char *close = memmem(mark, (size_t)(end - mark), "}}", 2);
        tsl__text_append(page, at, (size_t)(mark - at));
        put_mark(page, mark + 2, (size_t)(close - mark - 2), &by);
        at = close + 2;
    }
    tsl__text_append(page, at, (size_t)(end - at));
}
