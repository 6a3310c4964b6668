/* tesela.h: every public header. */
#ifndef TESELA_TESELA_H
#define TESELA_TESELA_H
#include <tesela/base.h>
#include <tesela/crm.h>
#include <tesela/feature.h>
#include <tesela/label.h>
#include <tesela/model.h>
#include <tesela/output.h>
#include <tesela/run.h>
#include <tesela/store.h>
#include <tesela/synth.h>
#include <tesela/table.h>
#include <tesela/value.h>
#endif
