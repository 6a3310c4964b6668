/* label_codes.c: the codes of segments, tiers, stages and RFM segments. */
#include "label/label_codes.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

const char *tsl__code_kind_get_name(tsl__code_kind kind)
{
    static const char *const names[TSL__CODE_KINDS] = {"segment", "tier", "lifecycle", "rfm_segment"};
    return names[kind];
}

static const char *get_code(const tsl_labels *labels, tsl__code_kind kind, size_t i)
{
    return kind == TSL__CODE_SEGMENT ? labels->policy->segment[i].code
           : kind == TSL__CODE_TIER  ? labels->policy->tier_name[i].code
           : kind == TSL__CODE_RFM   ? labels->policy->rfm_map.segment[i].code
                                     : tsl_stage_get_code((tsl_stage)i);
}

tsl_status tsl__codes_list(const tsl_labels *labels, tsl__code_kind kind, tsl__codes *out, tsl_error *err)
{
    const size_t count[TSL__CODE_KINDS] = {labels->policy->segment_count, labels->policy->tier_count, TSL_STAGES,
                                           labels->policy->rfm_map.count};
    *out = (tsl__codes){.kind = kind, .text = tsl__alloc(count[kind], sizeof *out->text)};
    if (!out->text) {
        return tsl__error_nomem(err);
    }
    for (; out->count < count[kind]; out->count++) {
        out->text[out->count] = get_code(labels, kind, out->count);
    }
    return TSL_OK;
}

size_t tsl__codes_find(const tsl__codes *codes, const char *code, size_t length)
{
    size_t i = 0;
    while (i < codes->count && (strlen(codes->text[i]) != length || memcmp(codes->text[i], code, length) != 0)) {
        i++;
    }
    return i;
}

int tsl__code_may_come(const tsl__codes *codes, const char *code)
{
    return codes->count == 0 || (codes->kind == TSL__CODE_SEGMENT && tsl_segment_get_base(code, 0));
}

tsl_status tsl__codes_fail(const tsl__codes *codes, const char *label, const char *code, tsl_error *err)
{
    tsl__text list = {0};
    const char *near = tsl__nearest_get(code, codes->text, codes->count);
    tsl__names_put(&list, codes->text, codes->count);
    const tsl_status status =
        list.failed ? tsl__error_nomem(err)
                    : tsl__error_set(err, TSL_E_INPUT, "%s: no %s is called \"%s\"%s%s%s; there are %s", label,
                                     tsl__code_kind_get_name(codes->kind), code, near ? " (did you mean \"" : "",
                                     near ? near : "", near ? "\"?)" : "", list.data ? list.data : "none");
    tsl__text_free(&list);
    return status;
}
