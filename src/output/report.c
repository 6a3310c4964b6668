/*
 * report.c: report.html, one page that needs nothing besides itself: the
 * template with its parts and the summary put in. All drawing is done in the
 * page, from the summary (report/).
 */
#include "output/assets.h"
#include "output/json.h"
#include "output/write.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>
#include <tesela/output.h>

#define FORMAT_VERSION 1 /* the newest that the page can draw */

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

static void put_page(tsl__text *page, const char *json, const char *lang)
{
    const tsl__asset *template = get_asset("page", strlen("page"));
    const char *at = (const char *)template->bytes, *end = at + template->count, *mark;
    while ((mark = memmem(at, (size_t)(end - at), "{{", 2))) {
        const char *close = memmem(mark, (size_t)(end - mark), "}}", 2);
        tsl__text_append(page, at, (size_t)(mark - at));
        put_mark(page, mark + 2, (size_t)(close - mark - 2), json, lang);
        at = close + 2;
    }
    tsl__text_append(page, at, (size_t)(end - at));
}

/* Refuses what is no summary, or a newer one; gives its language, and what of it stands in the page, owned: all but the
 * number of threads, so that the page has the same bytes for any. */
static tsl_status take_summary(const char *json, const char **lang, char **shown, tsl_error *err)
{
    json_error_t where;
    const char *format = NULL, *language = NULL;
    int version = 0, index;
    tsl_status status = TSL_OK;
    json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, &where);
    if (!root) {
        return tsl__error_set(err, TSL_E_FORMAT, "summary:%d:%d: not valid JSON, expected the summary of a run: %s",
                              where.line, where.column, where.text);
    }
    if (json_unpack(root, "{s:s, s:i, s:s}", "format", &format, "format_version", &version, "language", &language) ||
        strcmp(format, "tesela summary") != 0) {
        status = tsl__error_set(err, TSL_E_FORMAT, "this JSON is not a summary that Tesela wrote");
    } else if (version > FORMAT_VERSION) {
        status = tsl__error_set(err, TSL_E_FORMAT, "the summary has format version %d; this program reads up to %d",
                                version, FORMAT_VERSION);
    } else {
        *lang = tsl_lang_get_code(tsl_lang_read(language, &index, NULL) == TSL_OK ? index : 0);
        json_object_del(root, "threads");
        tsl__json doc = {.root = root};
        return tsl__json_take(&doc, shown, err);
    }
    json_decref(root);
    return status;
}

tsl_status tsl_report_write(const char *summary_json, const char *lang, const tsl_target *target, tsl_error *err)
{
    const char *own = "en";
    int index;
    tsl__text page = {0};
    char *shown = NULL;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(lang ? tsl_lang_read(lang, &index, err) : TSL_OK);
    TSL__TRY(take_summary(summary_json, &own, &shown, err));
    put_page(&page, shown, lang ? lang : own);
    TSL__TRY(page.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(tsl__write_whole(page.data, page.length, target, err));
done:
    free(shown);
    tsl__text_free(&page);
    return status;
}
