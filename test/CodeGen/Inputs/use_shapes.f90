! Calls a compiled library: sections, negative strides, errors.
program use_shapes
  use, intrinsic :: iso_c_binding
  use shapes
  implicit none
  real(c_double) :: x(8, 9), y(5, 4), d(6, 5), low, high
  real(c_float) :: a(2, 3), b(2, 3), c(2, 2)
  complex(c_double_complex) :: z(3), w(3)
  logical(c_bool) :: mask(3, 2)
  integer(c_int64_t) :: number
  integer(c_int8_t) :: bytes(2), more(2)
  real(c_double) :: none(0, 4)
  character(len=:), allocatable :: message
  integer :: i, j, stat

  do j = 1, 9
    do i = 1, 8
      x(i, j) = i * i + 3 * j
    end do
  end do
  ! A section with steps and a negative stride, and the rows of another array.
  y(:, :) = x(8:4:-1, 1:4)
  call cityblock(x(6:1:-1, 8:1:-2), x(1:5, 2:8:2), d)
  print '(a, l2)', 'sections', all(abs(d - expected(x(6:1:-1, 8:1:-2), x(1:5, 2:8:2))) == 0)
  a = reshape([1., 2., 3., 4., 5., 6.], [2, 3])
  b = 0
  call cityblock(a, b, c, stat)
  print '(a, i2, 4f6.1)', 'single', stat, c
  ! In place: the caller's elements, not those of a copy.
  call scale(x(2:8:2, ::3))
  print '(a, 4f6.1)', 'in place', x(1, 1), x(2, 1), x(2, 2), x(2, 4)
  call scale(x(2:8:2, ::3), factor=2d0)
  call extremes(x(8:1:-1, 2), low, high)
  print '(a, 2f6.1)', 'two results', low, high
  z = [(1, 0), (0, 1), (2, 2)]
  call rotate(z(3:1:-1), (0d0, 1d0), w)
  print '(a, 6f5.1)', 'complex', w
  mask = reshape([.true., .false., .true., .true., .false., .false.], [3, 2])
  mask = .not. mask
  call count(mask, number)
  print '(a, i2)', 'logical', number
  bytes = [-1_c_int8_t, 7_c_int8_t]
  call fill(bytes, more)
  print '(a, 2i3)', 'unsigned', more
  call cityblock(none, none, d(1:0, 1:0), stat)
  print '(a, i2)', 'empty', stat
  call cityblock(x, y, d, stat, message)
  print '(a, l2, a)', 'shapes', stat /= 0, ' '//message
  call element(x(:, 1), 8_c_int64_t, low, stat, message)
  print '(a, l2, a)', 'index', stat /= 0, ' '//message
  call element(x(:, 1), 8_c_int64_t, low)
contains
  function expected(x, y) result(d)
    real(c_double), intent(in) :: x(:, :), y(:, :)
    real(c_double) :: d(size(x, 1), size(y, 1))
    integer :: i, j
    do j = 1, size(y, 1)
      do i = 1, size(x, 1)
        d(i, j) = sum(abs(x(i, :) - y(j, :)))
      end do
    end do
  end function
end program
