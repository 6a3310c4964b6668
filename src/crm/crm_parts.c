/* crm_parts.c: files that are split, read back, and hashed as each is full. */
#include "crm/crm_parts.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <tesela/store.h>

static const tsl__crm_sheet_form *get_form(const tsl__crm_parts *parts)
{
    return tsl__crm_sheet_get_form(parts->plan->target);
}

static tsl_status open_sheet(tsl__crm_parts *parts, tsl_error *err)
{
    tsl_status status = TSL_OK;
    parts->sheet = (tsl__crm_sheet){.plan = parts->plan};
    parts->number++;
    TSL__NEED(parts->sheet.path =
                  tsl__format("%s/%s-%04d%s", parts->folder, parts->stem, parts->number, get_form(parts)->ending));
    TSL__TRY(get_form(parts)->open(&parts->sheet, err));
done:
    return status;
}

static tsl_status keep_file(tsl__crm_parts *parts, tsl_error *err)
{
    tsl_export *to = parts->to;
    void *file = to->file;
    struct stat about;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&file, parts->room, to->file_count + 1, sizeof *to->file) == 0);
    to->file = file;
    tsl_export_file *add = &to->file[to->file_count];
    *add = (tsl_export_file){.rows = parts->sheet.rows};
    TSL__NEED(add->name = tsl__strdup(strrchr(parts->sheet.path, '/') + 1));
    to->file_count++;
    TSL__TRY(tsl_file_get_hash(&(tsl_source){.path = parts->sheet.path}, add->sha256, err));
    add->bytes = stat(parts->sheet.path, &about) == 0 ? (uint64_t)about.st_size : 0;
done:
    return status;
}

static tsl_status close_sheet(tsl__crm_parts *parts, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(get_form(parts)->close(&parts->sheet, err));
    TSL__TRY(get_form(parts)->check(&parts->sheet, err));
    TSL__TRY(keep_file(parts, err));
done:
    free(parts->sheet.path);
    parts->sheet.path = NULL;
    return status;
}

tsl_status tsl__crm_parts_put(tsl__crm_parts *parts, const tsl__span *cell, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int fits = 0;
    TSL__TRY(parts->sheet.path ? TSL_OK : open_sheet(parts, err));
    TSL__TRY(get_form(parts)->put(&parts->sheet, cell, &fits, err));
    if (!fits && parts->sheet.rows) {
        TSL__TRY(close_sheet(parts, err));
        TSL__TRY(open_sheet(parts, err));
        TSL__TRY(get_form(parts)->put(&parts->sheet, cell, &fits, err));
    }
    TSL__TRY(
        fits ? TSL_OK
             : tsl__error_set(err, TSL_E_INPUT, "a row is longer than a file of %s may be", parts->plan->target->name));
    parts->rows++;
done:
    return status;
}

tsl_status tsl__crm_parts_close(tsl__crm_parts *parts, int always, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(!parts->sheet.path && parts->number == 0 && always ? open_sheet(parts, err) : TSL_OK);
    TSL__TRY(parts->sheet.path ? close_sheet(parts, err) : TSL_OK);
done:
    return status;
}

void tsl__crm_parts_free(tsl__crm_parts *parts)
{
    if (parts->sheet.path) {
        get_form(parts)->free(&parts->sheet);
        free(parts->sheet.path);
        parts->sheet.path = NULL;
    }
}
