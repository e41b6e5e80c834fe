;; The hot loops of boosting, two float64 lanes at a time: gradient and hessian are one vector. Compiled into
;; histogram-kernel.ts by `npm run schemas`. Sums run in the order of the rows, so they are those of plain loops, bit for bit.
;; All pointers are byte offsets into the imported memory; pairs and cells stand at multiples of 16.
(module
  (import "training" "memory" (memory 1))

  ;; Puts the pairs of `count` rows in their order: to[i] = from[rows[i]].
  (func (export "gather") (param $rows i32) (param $count i32) (param $from i32) (param $to i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (v128.store (local.get $to)
          (v128.load (i32.add (local.get $from) (i32.shl (i32.load (local.get $rows)) (i32.const 4)))))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $next))))

  ;; Adds the ordered pairs of `count` rows to the cells of their bins in four columns: a row's pair is read once for four sums,
  ;; and sums of one column, which may wait for each other, overlap with those of the next.
  (func (export "addFour") (param $rows i32) (param $count i32) (param $pairs i32)
    (param $binsA i32) (param $binsB i32) (param $binsC i32) (param $binsD i32)
    (param $cellsA i32) (param $cellsB i32) (param $cellsC i32) (param $cellsD i32)
    (local $end i32) (local $row i32) (local $pair v128) (local $cell i32)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $row (i32.load (local.get $rows)))
        (local.set $pair (v128.load (local.get $pairs)))
        (local.set $cell (i32.add (local.get $cellsA)
          (i32.shl (i32.load8_u (i32.add (local.get $binsA) (local.get $row))) (i32.const 4))))
        (v128.store (local.get $cell) (f64x2.add (v128.load (local.get $cell)) (local.get $pair)))
        (local.set $cell (i32.add (local.get $cellsB)
          (i32.shl (i32.load8_u (i32.add (local.get $binsB) (local.get $row))) (i32.const 4))))
        (v128.store (local.get $cell) (f64x2.add (v128.load (local.get $cell)) (local.get $pair)))
        (local.set $cell (i32.add (local.get $cellsC)
          (i32.shl (i32.load8_u (i32.add (local.get $binsC) (local.get $row))) (i32.const 4))))
        (v128.store (local.get $cell) (f64x2.add (v128.load (local.get $cell)) (local.get $pair)))
        (local.set $cell (i32.add (local.get $cellsD)
          (i32.shl (i32.load8_u (i32.add (local.get $binsD) (local.get $row))) (i32.const 4))))
        (v128.store (local.get $cell) (f64x2.add (v128.load (local.get $cell)) (local.get $pair)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $pairs (i32.add (local.get $pairs) (i32.const 16)))
        (br $next))))

  ;; As addFour, for one column.
  (func (export "addOne") (param $rows i32) (param $count i32) (param $pairs i32) (param $bins i32) (param $cells i32)
    (local $end i32) (local $cell i32)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $cell (i32.add (local.get $cells)
          (i32.shl (i32.load8_u (i32.add (local.get $bins) (i32.load (local.get $rows)))) (i32.const 4))))
        (v128.store (local.get $cell) (f64x2.add (v128.load (local.get $cell)) (v128.load (local.get $pairs))))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $pairs (i32.add (local.get $pairs) (i32.const 16)))
        (br $next))))

  ;; Counts `count` rows in the cells of their bins in four columns; a cell is an int32.
  (func (export "countFour") (param $rows i32) (param $count i32)
    (param $binsA i32) (param $binsB i32) (param $binsC i32) (param $binsD i32)
    (param $cellsA i32) (param $cellsB i32) (param $cellsC i32) (param $cellsD i32)
    (local $end i32) (local $row i32) (local $cell i32)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $row (i32.load (local.get $rows)))
        (local.set $cell (i32.add (local.get $cellsA)
          (i32.shl (i32.load8_u (i32.add (local.get $binsA) (local.get $row))) (i32.const 2))))
        (i32.store (local.get $cell) (i32.add (i32.load (local.get $cell)) (i32.const 1)))
        (local.set $cell (i32.add (local.get $cellsB)
          (i32.shl (i32.load8_u (i32.add (local.get $binsB) (local.get $row))) (i32.const 2))))
        (i32.store (local.get $cell) (i32.add (i32.load (local.get $cell)) (i32.const 1)))
        (local.set $cell (i32.add (local.get $cellsC)
          (i32.shl (i32.load8_u (i32.add (local.get $binsC) (local.get $row))) (i32.const 2))))
        (i32.store (local.get $cell) (i32.add (i32.load (local.get $cell)) (i32.const 1)))
        (local.set $cell (i32.add (local.get $cellsD)
          (i32.shl (i32.load8_u (i32.add (local.get $binsD) (local.get $row))) (i32.const 2))))
        (i32.store (local.get $cell) (i32.add (i32.load (local.get $cell)) (i32.const 1)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (br $next))))

  ;; As countFour, for one column.
  (func (export "countOne") (param $rows i32) (param $count i32) (param $bins i32) (param $cells i32)
    (local $end i32) (local $cell i32)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $cell (i32.add (local.get $cells)
          (i32.shl (i32.load8_u (i32.add (local.get $bins) (i32.load (local.get $rows)))) (i32.const 2))))
        (i32.store (local.get $cell) (i32.add (i32.load (local.get $cell)) (i32.const 1)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (br $next))))

  ;; from[i] -= taken[i] over `count` cells.
  (func (export "subtract") (param $from i32) (param $taken i32) (param $count i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $count) (i32.const 4))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (v128.store (local.get $from) (f64x2.sub (v128.load (local.get $from)) (v128.load (local.get $taken))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $taken (i32.add (local.get $taken) (i32.const 16)))
        (br $next))))

  ;; Moves the rows that go left to the front and the others to `scratch`, each in their order; returns how many go left.
  ;; A row goes left when its bin is at most `last`, and when it is `also`, the missing bin (-1: when there is none to go left).
  (func (export "partition") (param $rows i32) (param $count i32) (param $bins i32) (param $last i32) (param $also i32) (param $scratch i32)
    (result i32)
    (local $end i32) (local $left i32) (local $row i32) (local $bin i32) (local $goes i32)
    (local.set $left (local.get $rows))
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $count (local.get $rows))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $row (i32.load (local.get $rows)))
        (local.set $bin (i32.load8_u (i32.add (local.get $bins) (local.get $row))))
        (local.set $goes (i32.or (i32.le_u (local.get $bin) (local.get $last)) (i32.eq (local.get $bin) (local.get $also))))
        ;; Both are written and one is kept: what a branch would guess wrongly costs more.
        (i32.store (local.get $left) (local.get $row))
        (i32.store (local.get $scratch) (local.get $row))
        (local.set $left (i32.add (local.get $left) (i32.shl (local.get $goes) (i32.const 2))))
        (local.set $scratch (i32.add (local.get $scratch) (i32.shl (i32.xor (local.get $goes) (i32.const 1)) (i32.const 2))))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (br $next)))
    (i32.shr_u (i32.sub (local.get $left) (local.get $count)) (i32.const 2))))
