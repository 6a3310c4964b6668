/* strategies_csv.c: the table of strategies as a file to edit. */
#include <tesela/output.h>

#include "base/error.h"
#include "base/text.h"
#include "output/write.h"

tsl_status tsl_strategies_write(const tsl_labels *labels, const tsl_target *target, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    tsl__error_reset(err);
    if (!labels->strategies) {
        return tsl__error_set(
            err, TSL_E_INPUT,
            "there is no table of strategies: none was asked for, or neither tiers nor stages are known");
    }
    tsl__text_puts(&text, "segment,tier,lifecycle,action,en,zh\n");
    for (size_t i = 0; i < labels->strategies->count; i++) {
        const tsl_strategy *row = &labels->strategies->of[i];
        const char *const cells[] = {row->segment, row->tier,     row->lifecycle,
                                     row->action,  row->texts[0], row->texts[1]};
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
            tsl__text_puts(&text, c ? "," : "");
            tsl__text_csv(&text, cells[c]);
        }
        tsl__text_puts(&text, "\n");
    }
    TSL__TRY(text.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(tsl__write_whole(text.data, text.length, target, err));
done:
    tsl__text_free(&text);
    return status;
}
