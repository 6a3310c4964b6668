/* summary_rfm.c: how RFM scores are cut. */
#include "output/summary.h"

#include <math.h>

void tsl__summary_rfm_cuts(tsl__json *doc, json_t *rfm, const tsl_rfm *from)
{
    static const char *const name[3] = {"recency", "frequency", "monetary"};
    tsl__json_set(doc, rfm, "method", json_string(tsl_rfm_method_get_name(from->method)));
    tsl__json_set(doc, rfm, "bins", json_integer(from->bins));
    tsl__json_set(doc, rfm, "nested", json_boolean(from->nested));
    tsl__json_set(doc, rfm, "ties", json_string("together"));
    for (int s = 0; s < 3; s++) {
        json_t *cuts = tsl__json_set_array(doc, tsl__json_set_object(doc, rfm, name[s]), "cuts");
        const double *cut = s == 0 ? from->recency : s == 1 ? from->frequency[0] : from->monetary[0];
        for (int c = 0; c < from->bins - 1 && (s == 0 || !from->nested); c++) { /* nested: there are many */
            tsl__json_push(doc, cuts, tsl__json_number(cut[c]));
        }
    }
}

void tsl__summary_rfm(tsl__json *doc, const tsl_results *results)
{
    const tsl_recipe *recipe = results->features ? results->features->recipe : results->recipe;
    if (recipe && recipe->has_rfm) {
        tsl__summary_rfm_cuts(doc, tsl__json_set_object(doc, doc->root, "rfm"), &recipe->rfm);
    }
}
