/*
 * report.c: report.html, one page that needs nothing besides itself: the
 * template with its parts, the summary and what was asked of the page put in.
 * All drawing is done in the page (report/). report.json: the same, without the page.
 */
#include "output/json/json.h"
#include "output/report/brand.h"
#include "output/report/page.h"
#include "output/write.h"

#include "base/error.h"
#include "base/options.h"
#include "table/cell/currency.h"

#include <stdlib.h>
#include <string.h>
#include <tesela/output.h>

#define FORMAT_VERSION 1 /* the newest that the page can draw */

static const char *const audiences[TSL_AUDIENCES] = {"analyst", "executive"};

const char *tsl_audience_get_name(tsl_audience audience)
{
    return (size_t)audience < TSL_AUDIENCES ? audiences[audience] : NULL;
}

/* ---- Options -------------------------------------------------------------- */

void tsl_report_defaults(tsl_report_options *opt, size_t size)
{
    const tsl_report_options full = {.size = sizeof full};
    tsl__options_give(opt, size, &full, sizeof full);
}

/* In capitals, of money that is in use. */
static int is_code(const char *text)
{
    const char *code = tsl__currency_get_code(tsl__span_make(text));
    return code && strcmp(code, text) == 0;
}

static tsl_status take(const tsl_report_options *given, tsl_report_options *full, tsl_error *err)
{
    int lang;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(report, full);
    TSL__TRY(tsl__options_take("report", full, sizeof *full, given, err));
    TSL__TRY(full->lang ? tsl_lang_read(full->lang, &lang, err) : TSL_OK);
    if (!tsl_audience_get_name(full->audience)) {
        return tsl__error_set(err, TSL_E_OPTION, "report: audience %d is none, expected 0 (analyst) or 1 (executive)",
                              (int)full->audience);
    }
    if (full->currency && !is_code(full->currency)) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "report: the currency \"%s\" is not a code of ISO 4217, expected one such as GBP",
                              full->currency);
    }
    TSL__TRY(full->brand ? tsl_brand_check(full->brand, err) : TSL_OK);
done:
    return status;
}

tsl_status tsl_report_check(const tsl_report_options *opt, tsl_error *err)
{
    tsl_report_options full;
    tsl__error_reset(err);
    return take(opt, &full, err);
}

/* ---- The documents -------------------------------------------------------- */

/* Two currencies cannot both be that of the amounts. */
static tsl_status check_currency(const json_t *root, const char *asked, tsl_error *err)
{
    const char *own = json_string_value(json_object_get(json_object_get(root, "totals"), "currency"));
    if (asked && own && strcmp(asked, own) != 0 && is_code(own)) {
        return tsl__error_set(err, TSL_E_OPTION, "report: the currency %s was asked for, but the amounts are in %s",
                              asked, own);
    }
    return TSL_OK;
}

/* Refuses what is no summary, or a newer one; gives its language, and what of it stands in the page: all but the
 * number of threads, so that the page has the same bytes for any. */
static tsl_status take_summary(const char *text, const tsl_report_options *opt, const char **lang, json_t **out,
                               tsl_error *err)
{
    json_error_t where;
    const char *format = NULL, *language = NULL;
    int version = 0, index;
    tsl_status status = TSL_OK;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &where);
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
        status = check_currency(root, opt->currency, err);
    }
    if (status != TSL_OK) {
        json_decref(root);
        return status;
    }
    *lang = opt->lang ? opt->lang : tsl_lang_get_code(tsl_lang_read(language, &index, NULL) == TSL_OK ? index : 0);
    json_object_del(root, "threads");
    json_object_del(root, "memory");
    *out = root;
    return TSL_OK;
}

/* {"format", "format_version", "settings": what was asked of the page, "summary"}, owned; consumes the summary. */
static tsl_status build_figures(json_t *summary, const tsl_report_options *opt, char **text, tsl_error *err)
{
    tsl__json doc = {.root = json_object()};
    if (!doc.root) {
        json_decref(summary);
        return tsl__error_nomem(err);
    }
    tsl__json_set(&doc, doc.root, "format", tsl__json_text("tesela report"));
    tsl__json_set(&doc, doc.root, "format_version", tsl__json_count(FORMAT_VERSION));
    json_t *settings = tsl__json_set_object(&doc, doc.root, "settings");
    tsl__json_set(&doc, settings, "audience", tsl__json_text(tsl_audience_get_name(opt->audience)));
    tsl__json_set(&doc, settings, "currency", tsl__json_text(opt->currency));
    if (opt->brand) {
        tsl__brand_json_add(&doc, tsl__json_set_object(&doc, settings, "brand"), opt->brand);
    }
    tsl__json_set(&doc, doc.root, "summary", summary);
    return tsl__json_take(&doc, text, err);
}

/* What both files are made of, and the page's language. */
static tsl_status take_figures(const char *summary_json, const tsl_report_options *opt, const char **lang, char **text,
                               tsl_error *err)
{
    tsl_report_options full;
    json_t *summary = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(take(opt, &full, err));
    TSL__TRY(take_summary(summary_json, &full, lang, &summary, err));
    TSL__TRY(build_figures(summary, &full, text, err));
done:
    return status;
}

/* ---- The files ------------------------------------------------------------ */

tsl_status tsl_report_write(const char *summary_json, const tsl_report_options *opt, const tsl_target *target,
                            tsl_error *err)
{
    const char *lang = NULL;
    tsl__text page = {0};
    char *figures = NULL;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(take_figures(summary_json, opt, &lang, &figures, err));
    tsl__page_put(&page, "page", &(tsl__page_document){"figures", figures}, 1, lang);
    TSL__TRY(page.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(tsl__write_whole(page.data, page.length, target, err));
done:
    free(figures);
    tsl__text_free(&page);
    return status;
}

tsl_status tsl_report_write_figures(const char *summary_json, const tsl_report_options *opt, const tsl_target *target,
                                    tsl_error *err)
{
    const char *lang = NULL;
    char *figures = NULL;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(take_figures(summary_json, opt, &lang, &figures, err));
    TSL__TRY(tsl__write_whole(figures, strlen(figures), target, err));
done:
    free(figures);
    return status;
}
