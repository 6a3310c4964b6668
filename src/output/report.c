/*
 * report.c: report.html, one page that needs nothing besides itself: the
 * template with its parts and the summary put in. All drawing is done in the
 * page, from the summary (report/).
 */
#include "output/json/json.h"
#include "output/report/page.h"
#include "output/write.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>
#include <tesela/output.h>

#define FORMAT_VERSION 1 /* the newest that the page can draw */

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
        json_object_del(root, "memory");
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
    tsl__page_put(&page, "page", shown, lang ? lang : own);
    TSL__TRY(page.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(tsl__write_whole(page.data, page.length, target, err));
done:
    free(shown);
    tsl__text_free(&page);
    return status;
}
