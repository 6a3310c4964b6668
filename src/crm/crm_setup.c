/* crm_setup.c: what is set up in the CRM once: its fields, and the values of those that are lists. For people: in CSV
 * that a spreadsheet opens. */
#include "crm/crm_pack.h"

#include "base/error.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define MARK "\xEF\xBB\xBF"

static void put(tsl__text *text, const char *cell, int last)
{
    tsl__text_csv(text, cell);
    tsl__text_puts(text, last ? "\r\n" : ",");
}

static tsl_status write_fields(const tsl__crm_pack *pack, tsl_error *err)
{
    const tsl__crm_plan *plan = pack->plan;
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    tsl__text_puts(&text, MARK "field,header,label_en,label_zh,type,list\r\n");
    for (size_t i = 0; i < plan->count; i++) {
        const tsl__crm_field *field = &tsl__crm_fields[plan->field[i]];
        put(&text, field->code, 0);
        put(&text, plan->header[i], 0);
        put(&text, field->name[0], 0);
        put(&text, field->name[1], 0);
        put(&text, plan->target->type[plan->lang][field->kind], 0);
        put(&text, field->kind == TSL__CRM_PICK ? tsl__crm_lists_get_name(plan->field[i]) : "", 1);
    }
    TSL__TRY(text.failed ? tsl__error_nomem(err) : tsl__crm_pack_put(pack, "fields.csv", text.data, err));
done:
    tsl__text_free(&text);
    return status;
}

static void put_list(const tsl__crm_pack *pack, size_t at, const tsl__crm_list *list, tsl__text *text)
{
    for (size_t i = 0; i < list->count; i++) {
        const tsl__crm_value *value = &list->value[i];
        put(text, tsl__crm_fields[pack->plan->field[at]].code, 0);
        put(text, pack->plan->header[at], 0);
        tsl__text_printf(text, "%zu,", i + 1);
        put(text, value->code, 0);
        put(text, value->choice[0], 0);
        put(text, value->choice[1], 0);
        if (pack->plan->field[at] != TSL__FIELD_PREVIOUS) { /* how many were in a segment before is not counted */
            tsl__text_printf(text, "%llu", (unsigned long long)value->customers);
        }
        tsl__text_puts(text, "\r\n");
    }
}

static tsl_status write_lists(const tsl__crm_pack *pack, tsl_error *err)
{
    const tsl__crm_plan *plan = pack->plan;
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    tsl__text_puts(&text, MARK "field,header,order,code,label_en,label_zh,customers\r\n");
    for (size_t i = 0; i < plan->count; i++) {
        if (tsl__crm_fields[plan->field[i]].kind == TSL__CRM_PICK) {
            put_list(pack, i, tsl__crm_lists_get((tsl__crm_lists *)(uintptr_t)pack->lists, plan->field[i]), &text);
        }
    }
    TSL__TRY(text.failed ? tsl__error_nomem(err) : tsl__crm_pack_put(pack, "picklists.csv", text.data, err));
done:
    tsl__text_free(&text);
    return status;
}

tsl_status tsl__crm_setup_write(const tsl__crm_pack *pack, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(write_fields(pack, err));
    TSL__TRY(write_lists(pack, err));
done:
    return status;
}
