/* crm_sheet.c: what reading a file back has to give. */
#include "crm/crm_sheet.h"

#include "base/error.h"
#include "base/hash.h"

uint64_t tsl__crm_digest_add(uint64_t digest, const char *text, size_t length)
{
    return tsl__hash64(text, length, digest + 1);
}

tsl_status tsl__crm_sheet_compare(const tsl__crm_sheet *sheet, uint64_t rows, uint64_t digest, tsl_error *err)
{
    if (rows != sheet->rows) {
        return tsl__error_set(err, TSL_E_INTERNAL, "%s: %llu rows were written, but %llu read back", sheet->path,
                              (unsigned long long)sheet->rows, (unsigned long long)rows);
    }
    return digest == sheet->digest
               ? TSL_OK
               : tsl__error_set(err, TSL_E_INTERNAL, "%s: a cell reads back other than it was written", sheet->path);
}
