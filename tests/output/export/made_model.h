/* made_model.h: the tree that was written by hand, as a model's, and what it is written as. */
#ifndef TEST_EXPORT_MADE_MODEL_H
#define TEST_EXPORT_MADE_MODEL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <tesela/output.h>

#include "base/text.h"
#include "model/tree/tree_made.h"

static uint64_t made_size[3] = {500, 250, 250};
static tsl_candidate made_candidate = {.k = 3, .size = made_size};
static tsl_sweep made_sweep = {.count = 1, .candidate = &made_candidate};
static tsl_model made_model = {
    .k = 3, .size = made_size, .sweep = &made_sweep, .tree = (tsl_tree *)(uintptr_t)&made_tree};
static char made_en[3][16] = {"It's \\ \"so\"", "B", "C"}, made_zh[3][16] = {"甲", "乙", "丙"};
static tsl_policy_segment made_segment[3] = {{.names = {made_en[0], made_zh[0]}, .number = 1, .colour = 0},
                                             {.names = {made_en[1], made_zh[1]}, .number = 2, .colour = 1},
                                             {.names = {made_en[2], made_zh[2]}, .number = 3, .colour = 2}};
__attribute__((unused)) static tsl_policy made_policy = {.segment_count = 3, .segment = made_segment};

static tsl_status made_take(void *user, const void *bytes, size_t count, tsl_error *err)
{
    (void)err;
    tsl__text_append(user, bytes, count);
    return TSL_OK;
}

/* Owned: free with tsl_text_free. */
static inline char *made_write(const tsl_segmentation *segmentation, const tsl_rules_options *opt)
{
    tsl__text text = {0};
    tsl_error err;
    const tsl_target target = {.write = made_take, .user = &text};
    if (tsl_rules_write(segmentation, opt, &target, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return tsl__text_take(&text);
}

static inline void made_check_part(const char *text, const char *part)
{
    if (!strstr(text, part)) {
        fail_msg("lacks \"%s\":\n%s", part, text);
    }
}

#endif
