/* suppression_read.c: tsl_suppression_read: a file of ids -> the customers who are left out. */
#include "table/suppression_read.h"

#include "base/error.h"
#include "table/cell/suppression.h"
#include "table/names/role_names.h"

tsl_status tsl__ids_read(const tsl_source *source, const char *id, const tsl_exec *exec, tsl_partition **out,
                         tsl_error *err)
{
    static const char *const known[] = {"customer_id", "id", "#1"};
    tsl_partition_options opt;
    tsl_status status = TSL_E_OPTION;
    TSL_DEFAULTS(partition, &opt);
    for (size_t i = 0; status == TSL_E_OPTION && i < (id ? 1 : sizeof known / sizeof *known); i++) {
        opt.column = opt.id = id ? id : known[i];
        opt.header = *opt.column == '#' && !id ? 0 : opt.header;
        status = tsl_partition_read(source, &opt, exec, out, err);
    }
    return status;
}

/* Without a header that is known the first row is taken for an id as well, but not where it names the column. */
static int is_header(const tsl_partition *ids, size_t row)
{
    const tsl__span text = ids->label[row] < 0 ? (tsl__span){"", 0} : tsl__span_make(ids->name[ids->label[row]]);
    return row == 0 && !ids->file->header && tsl__role_is_header(&text, 1);
}

tsl_status tsl_suppression_read(const tsl_source *source, const char *id, const tsl_exec *exec, tsl_suppression **out,
                                tsl_error *err)
{
    tsl_suppression *made = NULL;
    tsl_partition *ids = NULL;
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__suppression_open(&made, err));
    TSL__TRY(tsl__ids_read(source, id, exec, &ids, err));
    for (size_t r = 0; r < ids->rows; r++) {
        TSL__TRY(ids->label[r] < 0 || is_header(ids, r) ? TSL_OK
                                                        : tsl__suppression_add(made, ids->name[ids->label[r]], err));
    }
    TSL__TRY(tsl_suppression_get_info(made).ids
                 ? TSL_OK
                 : tsl__error_set(err, TSL_E_INPUT, "%s: no id stands in it, expected ids of customers, one a row",
                                  ids->file->name));
    *out = made;
    made = NULL;
done:
    tsl_partition_free(ids);
    tsl_suppression_free(made);
    return status;
}
