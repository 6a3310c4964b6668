/* crm_pack.c: small files of the folder, and what its files of customers are called. */
#include "crm/crm_pack.h"

#include "base/alloc.h"
#include "base/error.h"
#include "output/write.h"

#include <stdlib.h>
#include <string.h>

tsl_status tsl__crm_pack_put(const tsl__crm_pack *pack, const char *name, const char *text, tsl_error *err)
{
    char *path = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(path = tsl__format("%s/%s", pack->folder, name));
    TSL__TRY(tsl__write_whole(text, strlen(text), &(tsl_target){.path = path}, err));
done:
    free(path);
    return status;
}

int tsl__crm_file_is(const tsl_export_file *file, const char *stem, const char *ending)
{
    const size_t length = strlen(file->name), end = strlen(ending), begin = strlen(stem);
    return strncmp(file->name, stem, begin) == 0 && file->name[begin] == '-' && length > end &&
           strcmp(file->name + length - end, ending) == 0;
}

const tsl__crm_plan *tsl__crm_pack_get_plan(const tsl__crm_pack *pack, const tsl_export_file *file)
{
    return tsl__crm_file_is(file, "changed", "") ? pack->stays : pack->plan;
}
